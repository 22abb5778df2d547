using Charlie.Sandbox.Wire;

namespace Charlie.EndToEnd.Tests.Faults;

/// <summary>
/// Whatever dies or gets lost on the way, a deployment ends as it must. The points come from a play of each road
/// without faults, in which the calls of both functions are recorded.
/// </summary>
/// <remarks>
/// A function's process is killed before its first call and after each call: that is between any two calls, and a
/// kill before a call is one after the call before it. For the calls that write, where the difference is greatest,
/// both sides are played all the same. AWS throttles each function's first call, and fails after the effect of each
/// call that writes, which the SDK then makes once more.
/// </remarks>
public sealed class FaultWalkTests
{
    private const string LaunchAction = "EC2 Instance-launch Lifecycle Action";

    private static readonly string[] Functions = ["Refresh", "Lifecycle"];

    [Fact]
    public async Task Every_road_ends_as_it_must_wherever_a_process_dies_a_call_fails_or_an_event_is_lost()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var points = new List<FaultPoint>();
        await using (var stage = await Stage.OpenAsync(TimeProvider.System, cancellation))
        {
            foreach (var road in (Road[])[Road.BadPush, Road.DiesInTheBake, Road.GoodPush, Road.RequestedRollback])
            {
                var play = await stage.PlayAsync(road, null, cancellation);
                Assert.True(play.Flaws.Count == 0, $"{road} without a fault: {string.Join("; ", play.Flaws)}{Environment.NewLine}{play.History.Tell()}");
                points.AddRange(Functions.SelectMany(function => PointsOf(road, function, play.History.CallsOf(function))));
                points.Add(new FaultPoint(road, Lost(road is Road.BadPush or Road.DiesInTheBake ? 2 : 1), ""));
            }
        }

        var failures = await new FaultWalk(points, TimeProvider.System).RunAsync(cancellation);
        Assert.True(failures.Length == 0, failures);
    }

    private static Fault Lost(int times) => new(FaultAction.DropEvent, DetailType: LaunchAction, Times: times);

    private static IEnumerable<FaultPoint> PointsOf(Road road, string function, IReadOnlyList<string> calls)
    {
        for (var call = FirstOwn(road, function, calls); call <= calls.Count; call++)
        {
            var operation = calls[call - 1];
            var writes = !operation.StartsWith("Describe", StringComparison.Ordinal);
            yield return Point(FaultAction.Kill, FaultMoment.After);
            if (writes || call == 1)
            {
                yield return Point(FaultAction.Kill, FaultMoment.Before);
            }

            if (writes)
            {
                yield return Point(FaultAction.Error500, FaultMoment.After);
            }
            else if (call == 1)
            {
                yield return Point(FaultAction.Throttle, FaultMoment.Before);
            }

            FaultPoint Point(FaultAction action, FaultMoment when) => new(road, new Fault(action, function, call, when), operation);
        }
    }

    // Until it is in service, a release that dies in the bake is a good one: that part is walked there.
    private static int FirstOwn(Road road, string function, IReadOnlyList<string> calls) =>
        road != Road.DiesInTheBake ? 1
        : function == "Lifecycle" ? calls.Index().First(call => call.Item == "CreateTags").Index + 1
        : calls.Count + 1;
}
