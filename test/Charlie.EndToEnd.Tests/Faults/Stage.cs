using System.Text.Json.Nodes;
using Charlie.Cli.Production;
using Charlie.EndToEnd.Tests.Fixture;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Instances;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Wire;

namespace Charlie.EndToEnd.Tests.Faults;

/// <summary>What one play showed.</summary>
/// <param name="Struck">Whether the fault struck at all.</param>
/// <param name="Flaws">What was wrong; nothing if all went as it must.</param>
internal sealed record Play(bool Struck, IReadOnlyList<string> Flaws, History History);

/// <summary>
/// One embedded AWS on which road after road is played. Its schedule stands still: the sweep is fired only once the
/// fault struck, so that the calls before it are always the same ones.
/// </summary>
internal sealed class Stage(LocalAws aws, TimeProvider time) : IAsyncDisposable
{
    // A play takes seconds; one that takes this long will not end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);

    // Longer than Lambda waits before it tries again: what the retry can end, it ends.
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(2);

    private readonly EventDoor door = new(aws.Endpoint);
    private readonly Stack<string> confirmed = new(["0.0"]);
    private int images;

    public bool CanRollBack => confirmed.Count > 1;

    public static async Task<Stage> OpenAsync(TimeProvider time, CancellationToken cancellation) =>
        new(await QuickAws.StartAsync(QuickAws.Never, cancellation), time);

    /// <summary>Plays one road, with a fault armed right before its event, up to the end and until nothing moves any more.</summary>
    public async Task<Play> PlayAsync(Road road, Fault? fault, CancellationToken cancellation)
    {
        await UntilQuietAsync(cancellation);
        var history = History.Begin(aws);
        if (fault is not null)
        {
            aws.Cloud.Faults.Arm(fault);
        }

        var image = new BotImage($"{road}-{images++}");
        var ending = await BeginAsync(road, image, cancellation);
        var flaws = await FollowAsync(ending, image, fault, cancellation);
        var struck = !CloudView.Of(aws).FaultsWait;
        aws.Cloud.Faults.Clear();
        if (road == Road.GoodPush)
        {
            confirmed.Push(ending.Release);
        }

        return new Play(struck, [.. flaws, .. history.FlawsOf(ending), .. history.UntrueReports(ending)], history);
    }

    public async ValueTask DisposeAsync()
    {
        door.Dispose();
        await aws.DisposeAsync();
    }

    private async Task<Ending> BeginAsync(Road road, BotImage image, CancellationToken cancellation)
    {
        if (road != Road.RequestedRollback)
        {
            if (road == Road.BadPush)
            {
                aws.SetBehaviour(image, Exits(TimeSpan.FromMilliseconds(200)));
            }

            var pushed = await aws.Pipeline.PushAsync(image, cancellation);
            return new Ending(road, pushed, road == Road.GoodPush ? pushed : confirmed.Peek());
        }

        var gone = confirmed.Pop();
        var detail = new JsonObject { ["app"] = ProductionGroup.Name, ["fromRelease"] = gone, ["reason"] = "orders are rejected" };
        var (_, refusal) = await door.PutAsync(EventDoor.Entry("charlie.ops", "Rollback Requested", detail.ToJsonString()), cancellation);
        return refusal is null ? new Ending(road, gone, confirmed.Peek()) : throw new InvalidOperationException(refusal);
    }

    /// <returns>What is still not as it must be when the patience is over.</returns>
    private async Task<IReadOnlyList<string>> FollowAsync(Ending ending, BotImage image, Fault? fault, CancellationToken cancellation)
    {
        var (since, swept, quiet, dies) = (time.GetUtcNow(), time.GetUtcNow(), 0, ending.Road == Road.DiesInTheBake);
        while (true)
        {
            var seen = CloudView.Of(aws);
            if (dies && seen.Members.Any(member => member.State == LifecycleState.InService && member.Release == ending.Release))
            {
                aws.SetBehaviour(image, Exits(TimeSpan.Zero));
                dies = false;
            }

            var flaws = ending.FlawsOf(seen).ToList();
            quiet = flaws.Count == 0 && seen.Unfinished == 0 ? quiet + 1 : 0;
            if (quiet == 2)
            {
                return [];
            }

            var now = time.GetUtcNow();
            if (now - since > Patience)
            {
                return [.. flaws, $"not over after {Patience.TotalSeconds} s, with {seen.Unfinished} invocation(s) under way"];
            }

            // Where an event is lost nothing else moves on, up to the next one that is.
            var sweeps = fault is not null && (!seen.FaultsWait || fault.Action == FaultAction.DropEvent);
            if (!sweeps)
            {
                swept = now;
            }
            else if (flaws.Count > 0 && now - swept >= SweepInterval)
            {
                Sweep();
                swept = now;
            }

            await Task.Delay(Glance, time, cancellation);
        }
    }

    private void Sweep()
    {
        lock (aws.Cloud.Gate)
        {
            var busy = aws.Serverless.Invocations.Records
                .Where(record => record.Result is null && record.Invocation.Payload.Contains("Scheduled Event", StringComparison.Ordinal))
                .Select(record => record.Invocation.Function.LogicalId)
                .ToHashSet();
            foreach (var function in aws.Serverless.Functions.All.Where(function => !busy.Contains(function.LogicalId)))
            {
                if (!aws.Serverless.Events.FireSchedule($"{function.LogicalId}Sweep"))
                {
                    throw new InvalidOperationException($"{function.LogicalId} has no sweep.");
                }
            }
        }
    }

    private Task UntilQuietAsync(CancellationToken cancellation) =>
        LocalAws.UntilAsync("the last play to be over", () => Task.FromResult(CloudView.Of(aws).Unfinished == 0), time, cancellation);

    private static ImageBehaviour Exits(TimeSpan after) => new(BehaviourKind.Exits, after, TimeSpan.Zero, "KeyError: 'BROKER_ACCOUNT'");
}
