using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>Records what was requested, and brings the group to its desired release.</summary>
internal sealed class RefreshFunction(
    StackNames names, PolicySettings settings, EventParser parser, SnapshotReader reader, ActionExecutor executor,
        TimeProvider time) : IFunction
{
    public Task<RunResult> HandleAsync(InboundEvent inbound, TimeSpan available, Log log) => inbound switch
    {
        ImagePushed pushed => RunAsync(pushed.Push, log),
        OperatorRequest requested => RunAsync(requested.Request, log),
        AlarmFired fired => RunAsync(fired.Alarm, log),
        ScheduledSweep => RunAsync(SweepFor("the scheduled check found the group out of sync", available), log),
        InstanceRefreshEnded ended when ended.GroupName == names.Group =>
            RunAsync(SweepFor("an instance refresh of the group ended", available), log),
        InvocationFailed { Request: { } request } => RunAgainAsync(request, available, log),
        _ => Task.FromResult(OtherEvents.Result(inbound, "Refresh")),
    };

    private async Task<RunResult> RunAsync(RefreshRequest request, Log log)
    {
        for (var snapshot = await ReadAsync(request, log); ;)
        {
            var step = RefreshPolicy.Next(request, snapshot, settings, time.GetUtcNow());
            Mark.Reached(step);
            switch (step)
            {
                case RefreshStep.Act act:
                    snapshot = await executor.ExecuteAsync(act.Action, snapshot, log);
                    break;
                case RefreshStep.ReadAgain:
                    snapshot = await ReadAsync(request, log) with { IsReadAgain = true };
                    break;
                case RefreshStep.Done done:
                    return done.Result;
            }
        }
    }

    private Sweep SweepFor(string reason, TimeSpan available) => new(reason, time.GetUtcNow() + SweepLimit.Of(available));

    private Task<RunResult> RunAgainAsync(EventEnvelope request, TimeSpan available, Log log)
    {
        log.RunAgain(request.Source ?? "(none)", request.DetailType ?? "(none)");
        return HandleAsync(parser.Parse(request), available, log);
    }

    private async Task<Snapshot> ReadAsync(RefreshRequest request, Log log)
    {
        var snapshot = await reader.ReadAsync(settings.Strategy, readsInstances: request is RestartRequest or Alarm);
        foreach (var key in snapshot.Records.Unreadable)
        {
            log.UnreadableRecordTag(key);
        }

        return snapshot;
    }
}
