using System.Collections.Immutable;
using System.Net;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>A sweep of Lifecycle over a group that only the sweep itself changes, with instances that respond as a test says.</summary>
internal sealed class SweepRun
{
    private const int MaxSteps = 1000;

    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(10);

    private SweepRun(Snapshot first, DateTimeOffset startedAt) => (Now, StartedAt, Last) = (startedAt, startedAt, first);

    public DateTimeOffset StartedAt { get; }

    public DateTimeOffset Now { get; private set; }

    public List<(WatchStep Step, TimeSpan At)> Steps { get; } = [];

    public Snapshot Last { get; private set; }

    public RunResult Result { get; private set; } = new RunResult.NothingToDo("");

    public List<AwsAction> Actions => [.. Steps.Select(step => step.Step).OfType<WatchStep.Act>().Select(act => act.Action)];

    /// <param name="records">What is recorded.</param>
    /// <param name="group">The group with its instances.</param>
    /// <param name="respond">What an instance responds after some time of the sweep.</param>
    /// <param name="startedAt">When the sweep begins.</param>
    /// <param name="settings">With the defaults where a test says nothing else.</param>
    /// <param name="readTime">How long a probe of all instances takes.</param>
    /// <param name="inServiceAt">Since when the instances are recorded as in service.</param>
    /// <param name="available">How long the sweep may take.</param>
    /// <param name="launched">How long before the instances were launched; an hour where a test says nothing else.</param>
    public static SweepRun Of(
        Records records,
        Group group,
        Func<string, TimeSpan, ProbeResponse> respond,
        DateTimeOffset? startedAt = null,
        PolicySettings? settings = null,
        TimeSpan readTime = default,
        TimeSpan? launched = null,
        TimeSpan? available = null,
        DateTimeOffset? inServiceAt = null)
    {
        var start = startedAt ?? Arbitrary.Noon.AddHours(2);
        var details = group.Instances.ToImmutableDictionary(
            instance => instance.Id,
            instance => new InstanceDetails(instance.Id, IPAddress.Loopback, start - (launched ?? TimeSpan.FromHours(1)), inServiceAt));
        var run = new SweepRun(new Snapshot(start, start, records, group) { Details = details }, start);
        run.Execute(
            respond, settings ?? new PolicySettings(false, new Strategy.Replace(), Arbitrary.Rules), readTime, available ?? MostTime);
        return run;
    }

    private void Execute(
        Func<string, TimeSpan, ProbeResponse> respond, PolicySettings settings, TimeSpan readTime, TimeSpan available)
    {
        for (var state = new WatchState(null, StartedAt, available); Steps.Count < MaxSteps;)
        {
            (state, var step) = WatchPolicy.Next(state, settings, Now);
            Steps.Add((step, Now - StartedAt));
            var last = Last;
            switch (step)
            {
                case WatchStep.ReadAll:
                    last = new Snapshot(Now, Now, Last.Records, Last.Group)
                    {
                        Details = Last.Details,
                        Evidence = Last.Evidence,
                        Done = Last.Done,
                        LastActivity = Last.LastActivity,
                    };
                    break;
                case WatchStep.ReadActivity:
                    last = last with { LastActivity = new ScalingActivity("no capacity") };
                    break;
                case WatchStep.Probe probe:
                    Now += readTime;
                    last = last.After(probe.Instances.Select(id => new ProbeResult(id, respond(id, Now - StartedAt), Now)).ToArray());
                    break;
                case WatchStep.Act act:
                    last = last.After(act.Action, true, Now);
                    break;
                case WatchStep.Wait wait:
                    Now += wait.For;
                    break;
                case WatchStep.Stop stop:
                    Result = stop.Result;
                    return;
            }

            Last = last;
            state = state with { LastSnapshot = last };
        }

        throw new InvalidOperationException($"The sweep has no end: {string.Join(", ", Steps[^20..].Select(step => step.Step))}");
    }
}
