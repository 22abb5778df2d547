using Charlie.Sandbox.Context;
using Charlie.Sandbox.Wire;

namespace Charlie.EndToEnd.Tests.Faults;

/// <summary>
/// Whatever dies or gets lost on the way, a deployment reaches its right final outcome. The points come from a run of each scenario
/// without faults, in which the calls of both functions are recorded.
/// </summary>
/// <remarks>
/// A function's process is killed before its first call and after each call: that is between any two calls, and a
/// kill before a call is one after the call before it. For the calls that write, where the difference is greatest,
/// both sides are run all the same. AWS throttles each function's first call, and fails after the effect of each
/// call that writes, which the SDK then makes once more.
/// </remarks>
public sealed class FaultWalkTests
{
    private const string LaunchAction = "EC2 Instance-launch Lifecycle Action";

    private static readonly string[] Functions = ["Refresh", "Lifecycle"];

    [LongFact]
    public async Task Every_scenario_ends_right_after_any_kill_failed_call_or_lost_event()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var points = new List<FaultPoint>();
        await using (var environment = await FaultEnvironment.OpenAsync(TimeProvider.System, cancellation))
        {
            foreach (var scenario in (Scenario[])[Scenario.BadPush, Scenario.DiesInTheBake, Scenario.GoodPush, Scenario.RequestedRollback])
            {
                var run = await environment.RunAsync(scenario, null, cancellation);
                Assert.True(run.Violations.Count == 0,
                    $"{scenario} without a fault: {string.Join("; ", run.Violations)}{Environment.NewLine}{run.History.Tell()}");
                points.AddRange(Functions.SelectMany(function => PointsOf(scenario, function, run.History.CallsOf(function))));
                points.Add(new FaultPoint(scenario, Lost(scenario is Scenario.BadPush or Scenario.DiesInTheBake ? 2 : 1), ""));
            }
        }

        var failures = await new FaultWalk(points, TimeProvider.System).RunAsync(cancellation);
        Assert.True(failures.Length == 0, failures);
    }

    private static Fault Lost(int times) => new(FaultAction.DropEvent, DetailType: LaunchAction, Times: times);

    private static IEnumerable<FaultPoint> PointsOf(Scenario scenario, string function, IReadOnlyList<string> calls)
    {
        for (var call = FirstOwn(scenario, function, calls); call <= calls.Count; call++)
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

            FaultPoint Point(FaultAction action, FaultMoment when) => new(scenario, new Fault(action, function, call, when), operation);
        }
    }

    // Until it is in service, a release that dies in the bake is a good one: that part is walked there.
    private static int FirstOwn(Scenario scenario, string function, IReadOnlyList<string> calls) =>
        scenario != Scenario.DiesInTheBake ? 1
        : function == "Lifecycle" ? calls.Index().First(call => call.Item == "CreateTags").Index + 1
        : calls.Count + 1;
}
