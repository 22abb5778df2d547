using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Functions;

/// <summary>Executes actions as they were decided: one action is one call to AWS.</summary>
/// <param name="executed">Called with each action to which AWS responded.</param>
internal sealed class ActionExecutor(
    TemplateWriter template, GroupWriter group, InstanceWriter instances, TimeProvider time, Action<AwsAction>? executed = null)
{
    /// <returns>The snapshot with the action's effect, which the next read may not show yet.</returns>
    public async Task<Snapshot> ExecuteAsync(AwsAction action, Snapshot snapshot, Log log)
    {
        var (succeeded, version) = await CallAsync(action, log);
        executed?.Invoke(action);
        log.Executed(action, succeeded);
        return snapshot.After(action, succeeded, time.GetUtcNow(), version);
    }

    private async Task<(bool Succeeded, ReleaseVersion? Version)> CallAsync(AwsAction action, Log log)
    {
        if (action is AwsAction.CreateVersion create)
        {
            var (version, warnings) = await template.CreateVersionAsync(create.Push, create.BaseVersion);
            foreach (var warning in warnings)
            {
                log.VersionWarning(version!.Number, version.Release.ToString(), warning);
            }

            return (version is not null, version);
        }

        return (await WriteAsync(action), null);
    }

    // False: another writer was first and the call had nothing to change, or the template has no room for the record tag.
    private Task<bool> WriteAsync(AwsAction action) => action switch
    {
        AwsAction.Confirm confirm => template.WriteAsync(confirm.Confirmation),
        AwsAction.Reject reject => template.WriteAsync(reject.Rejection),
        AwsAction.RecordRequest request => template.WriteAsync(request.Tag),
        AwsAction.RecordReported reported => template.WriteAsync(reported.Reported),
        AwsAction.RecordAttempts attempts => template.WriteAsync(attempts.Attempts),
        AwsAction.RecordReplacement replacement => template.WriteAsync(replacement.Replacement),
        AwsAction.RecordDownSince down => template.WriteAsync(down.DownSince),
        AwsAction.RecordInService entered => DoneAsync(instances.RecordInServiceAsync(entered.Instances, entered.At)),
        AwsAction.Pin pin => DoneAsync(group.PinAsync(pin.Version.Number)),
        AwsAction.Resize resize => DoneAsync(group.ResizeAsync(resize.Version.Number, resize.DesiredCapacity)),
        AwsAction.Protect protect => group.ProtectAsync(protect.InstanceId, protect.IsProtected),
        AwsAction.HandOver over => group.HandOverAsync(over.InstanceId),
        AwsAction.Terminate terminate => group.TerminateAsync(terminate.InstanceId),
        AwsAction.Admit admit => group.ContinueAsync(admit.InstanceId),
        AwsAction.Abandon abandon => group.AbandonAsync(abandon.InstanceId),
        AwsAction.SuspendLaunches => DoneAsync(group.SuspendLaunchesAsync()),
        AwsAction.ResumeLaunches => DoneAsync(group.ResumeLaunchesAsync()),
        AwsAction.StartRefresh start => group.StartRefreshAsync(start),
        AwsAction.CancelRefresh => group.CancelRefreshAsync(),
        AwsAction.RollBackRefresh => group.RollBackRefreshAsync(),
        AwsAction.DeleteRecordTags delete => DoneAsync(template.DeleteTagsAsync(delete.Keys)),
        AwsAction.DeleteVersions delete => DoneAsync(template.DeleteVersionsAsync(delete.Numbers)),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "Not an action that is one write."),
    };

    private static async Task<bool> DoneAsync(Task call)
    {
        await call;
        return true;
    }
}
