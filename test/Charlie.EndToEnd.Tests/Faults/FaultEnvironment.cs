using System.Text.Json.Nodes;
using Charlie.EndToEnd.Tests.Fixture;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Wire;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Production;

namespace Charlie.EndToEnd.Tests.Faults;

/// <summary>The result of one run.</summary>
/// <param name="Injected">Whether the fault was injected.</param>
/// <param name="Violations">What was wrong; empty if nothing was.</param>
internal sealed record ScenarioRun(bool Injected, IReadOnlyList<string> Violations, History History);

/// <summary>
/// One embedded AWS on which scenario after scenario is run. Its schedule stands still: the sweep is fired only once the
/// fault was injected, so that the calls before it are always the same ones.
/// </summary>
internal sealed class FaultEnvironment(LocalAws aws, TimeProvider time) : IAsyncDisposable
{
    // A run takes seconds; one that takes this long on a busy machine hangs.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    // Longer than Lambda waits before it retries: what the retry can end, it ends.
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(2);

    private static readonly string[] Swept = ["Refresh", "Lifecycle"];

    private readonly EventDoor door = new(aws.Endpoint);
    private readonly Stack<string> confirmed = new(["0.0"]);
    private int images;

    public bool CanRollBack => confirmed.Count > 1;

    public static async Task<FaultEnvironment> OpenAsync(TimeProvider time, CancellationToken cancellation) =>
        new(await QuickAws.StartAsync(QuickAws.Never, cancellation), time);

    /// <summary>Runs one scenario, with a fault armed right before its event, up to the end and until nothing moves any more.</summary>
    public async Task<ScenarioRun> RunAsync(Scenario scenario, Fault? fault, CancellationToken cancellation)
    {
        await UntilQuietAsync(cancellation);
        var history = History.Begin(aws);
        if (fault is not null)
        {
            aws.Cloud.Faults.Arm(fault);
        }

        var image = new BotImage($"{scenario}-{images++}");
        var ending = await BeginAsync(scenario, image, cancellation);
        var violations = await FollowAsync(ending, image, fault, cancellation);
        var injected = !CloudView.Of(aws).FaultsWait;
        aws.Cloud.Faults.Clear();
        if (scenario == Scenario.GoodPush)
        {
            confirmed.Push(ending.Release);
        }

        return new ScenarioRun(injected, [.. violations, .. history.ViolationsOf(ending), .. history.UntrueReports(ending)], history);
    }

    public async ValueTask DisposeAsync()
    {
        door.Dispose();
        await aws.DisposeAsync();
    }

    private async Task<Ending> BeginAsync(Scenario scenario, BotImage image, CancellationToken cancellation)
    {
        if (scenario != Scenario.RequestedRollback)
        {
            if (scenario == Scenario.BadPush)
            {
                aws.SetBehaviour(image, Exits(TimeSpan.FromMilliseconds(200)));
            }

            var pushed = await aws.Pipeline.PushAsync(image, cancellation);
            return new Ending(scenario, pushed, scenario == Scenario.GoodPush ? pushed : confirmed.Peek());
        }

        var gone = confirmed.Pop();
        var detail = new JsonObject { ["app"] = ProductionGroup.Name, ["fromRelease"] = gone, ["reason"] = "orders are rejected" };
        var (_, refusal) = await door.PutAsync(EventDoor.Entry("charlie.ops", "Rollback Requested", detail.ToJsonString()), cancellation);
        return refusal is null ? new Ending(scenario, gone, confirmed.Peek()) : throw new InvalidOperationException(refusal);
    }

    /// <returns>The violations that are left when the timeout is over.</returns>
    private async Task<IReadOnlyList<string>> FollowAsync(Ending ending, BotImage image, Fault? fault, CancellationToken cancellation)
    {
        var (since, swept, quiet, dies) = (time.GetUtcNow(), time.GetUtcNow(), 0, ending.Scenario == Scenario.DiesInTheBake);
        while (true)
        {
            var seen = CloudView.Of(aws);
            if (dies && seen.Members.Any(member => member.State == LifecycleState.InService && member.Release == ending.Release))
            {
                aws.SetBehaviour(image, Exits(TimeSpan.Zero));
                dies = false;
            }

            var violations = ending.ViolationsOf(seen).ToList();
            quiet = violations.Count == 0 && seen.Unfinished == 0 ? quiet + 1 : 0;
            if (quiet == 2)
            {
                return [];
            }

            var now = time.GetUtcNow();
            if (now - since > Timeout)
            {
                return [.. violations, $"not over after {Timeout.TotalMinutes} min, with {seen.Unfinished} invocation(s) under way"];
            }

            // Where an event is lost nothing else moves on, up to the next one that is.
            var sweeps = fault is not null && (!seen.FaultsWait || fault.Action == FaultAction.DropEvent);
            if (!sweeps)
            {
                swept = now;
            }
            else if (violations.Count > 0 && now - swept >= SweepInterval)
            {
                Sweep();
                swept = now;
            }

            await Task.Delay(PollInterval, time, cancellation);
        }
    }

    private void Sweep()
    {
        lock (aws.Cloud.Gate)
        {
            var busy = aws.Events.Invocations.Records
                .Where(record => record.Result is null && record.Invocation.Payload.Contains("Scheduled Event", StringComparison.Ordinal))
                .Select(record => record.Invocation.Function.LogicalId)
                .ToHashSet();
            foreach (var function in Swept.Where(function => !busy.Contains(function)))
            {
                if (!aws.Events.Router.FireSchedule($"{function}Sweep"))
                {
                    throw new InvalidOperationException($"{function} has no sweep.");
                }
            }
        }
    }

    private Task UntilQuietAsync(CancellationToken cancellation) =>
        LocalAws.UntilAsync("the last run to be over", () => Task.FromResult(CloudView.Of(aws).Unfinished == 0), time, cancellation);

    private static ImageBehaviour Exits(TimeSpan after) => new(BehaviourKind.Exits, after, TimeSpan.Zero, "KeyError: 'BROKER_ACCOUNT'");
}
