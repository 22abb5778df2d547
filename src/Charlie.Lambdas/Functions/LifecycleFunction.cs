using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>Judges instances, and records which reports were delivered.</summary>
internal sealed class LifecycleFunction(
    StackNames names, RecordsReader records, LaunchWatch watch, ActionExecutor executor, TimeProvider time) : IFunction
{
    public Task<RunResult> HandleAsync(InboundEvent inbound, TimeSpan available, Log log) => inbound switch
    {
        InstanceLaunchHook hook when (hook.GroupName, hook.HookName) == (names.Group, names.LaunchHook) =>
            watch.RunAsync(hook.InstanceId, available, log),
        ScheduledSweep => watch.RunAsync(null, SweepLimit.WithSilence(available), log),
        ReportDelivered delivered => RecordAsync(delivered.Outcome, log),
        _ => Task.FromResult(OtherEvents.Result(inbound, "Lifecycle")),
    };

    private async Task<RunResult> RecordAsync(ReportedOutcome reported, Log log)
    {
        var read = await records.ReadAsync();
        var (action, result) = DeliveryPolicy.Decide(reported, read);
        if (action is not null)
        {
            var now = time.GetUtcNow();
            var snapshot = new Snapshot(now, now, read, new Group(names.Group, 0, null, []));
            if (Pruning.MakeRoom(action, read) is AwsAction.DeleteRecordTags room)
            {
                snapshot = await executor.ExecuteAsync(room, snapshot, log);
            }

            await executor.ExecuteAsync(action, snapshot, log);
        }

        return result;
    }
}
