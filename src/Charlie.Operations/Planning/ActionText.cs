using Charlie.Lambdas.Decisions;

namespace Charlie.Operations.Planning;

/// <summary>An action as a person reads it in a plan, with its reason.</summary>
internal static class ActionText
{
    public static (string What, string Why) Of(AwsAction action, Snapshot before) => action switch
    {
        AwsAction.CreateVersion create => (
            $"create a launch template version of release {create.Push.Release} from base {create.BaseVersion.Number}",
            "each accepted push gets a version of its own"),
        AwsAction.Confirm confirm => ($"confirm release {confirm.Confirmation.Release}", "it was healthy for the bake time"),
        AwsAction.Reject { Rejection: var rejection } => (
            $"reject the releases above {rejection.Fallback} up to {rejection.Through}", rejection.Reason),
        AwsAction.RecordRequest { Tag: var tag } => Record(tag),
        AwsAction.RecordReported reported => (
            $"record that the {reported.Reported.Kind} report of release {reported.Reported.Release} was delivered", "it was"),
        AwsAction.RecordAttempts { Attempts: var attempts } => (
            $"record that machine {attempts.Count} in a row could not run release {attempts.Release}", attempts.LastFailure),
        AwsAction.RecordReplacement { Replacement: var replacement } => (
            $"record replacement {replacement.Count} of release {replacement.Release}", "the back-off counts them"),
        AwsAction.RecordDownSince { DownSince: { Since: { } since } } => (
            $"record that the app has been down since {Iso(since)}", "no healthy instance is in service"),
        AwsAction.RecordDownSince => ("record that the app is not down", "a healthy instance is in service, or none should be"),
        AwsAction.RecordInService record => (
            $"record that {string.Join(", ", record.Instances)} went in service", "the bake time counts from there"),
        AwsAction.Pin pin => (
            $"pin version {pin.Version.Number} of release {pin.Version.Release}",
            $"the next launch would take {VersionOf(before)}"),
        AwsAction.Resize { DesiredCapacity: HandoverPlan.Both } resize => (
            $"pin version {resize.Version.Number} of release {resize.Version.Release} and set the desired capacity to 2",
            "a second machine prepares it while the old one runs"),
        AwsAction.Resize resize => (
            $"pin version {resize.Version.Number} of release {resize.Version.Release} and set the desired capacity to"
                + $" {resize.DesiredCapacity}",
            "no second machine is needed any more"),
        AwsAction.Protect { IsProtected: true } protect => (
            $"protect {protect.InstanceId} from scale in", "it runs the app until another machine is prepared"),
        AwsAction.Protect protect => ($"end the protection of {protect.InstanceId}", "no handover is open"),
        AwsAction.HandOver over => ($"terminate {over.InstanceId}", $"{over.To} has prepared everything and waits at the lock"),
        AwsAction.Terminate terminate => ($"terminate {terminate.InstanceId}", WhyTerminated(terminate, before)),
        AwsAction.Admit admit => ($"admit {admit.InstanceId}", "it is healthy"),
        AwsAction.Abandon abandon => ($"abandon {abandon.InstanceId}", "it is not of the desired release, or failed"),
        AwsAction.SuspendLaunches => ("suspend the group's launches", "an operator stopped the app"),
        AwsAction.ResumeLaunches => ("resume the group's launches", "an operator started the app"),
        AwsAction.StartRefresh start => (
            $"start an instance refresh to version {start.Version.Number} of release {start.Version.Release}",
            start.IsRestart ? "an operator requested a restart" : "instances of another release run"),
        AwsAction.CancelRefresh cancel => ($"cancel instance refresh {cancel.Refresh.Id}", $"release {cancel.For} is the desired one"),
        AwsAction.RollBackRefresh back => ($"roll instance refresh {back.Refresh.Id} back", $"release {back.For} is the desired one"),
        AwsAction.DeleteRecordTags delete => ($"delete the record tags {string.Join(", ", delete.Keys)}", "EC2 allows 50 tags"),
        AwsAction.DeleteVersions delete => (
            $"delete the launch template versions {string.Join(", ", delete.Numbers)}", "no decision needs them"),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "Not an action."),
    };

    private static (string What, string Why) Record(IRecordTag tag) => tag switch
    {
        Hold hold => ($"record the {hold.Holder.Word()}'s hold at release {hold.Release} {hold.UntilText}", hold.Reason),
        Resume resume => ($"record the {resume.Holder.Word()}'s resume", resume.Reason),
        RequestDone { Request: RequestDone.Restart } => ("record that the restart is done", "no instance is older than it"),
        RequestDone { Request: RequestDone.Handover } => ("record that the handover is over", "one machine is left"),
        Handover handover => (
            $"record a handover to release {handover.Release}", "the group may have a second machine from now on"),
        RequestDone => ("record that the start is done", "a late call of the stop cannot land any more"),
        Restart restart => ("record the restart", restart.Reason),
        Stopped stopped => ("record that the app is stopped", stopped.Reason),
        Started started => ("record that the app is started", started.Reason),
        _ => ($"record {tag.Key}", tag.Value),
    };

    private static string WhyTerminated(AwsAction.Terminate terminate, Snapshot before) =>
        before.Records.IsStopped ? "an operator stopped the app"
        : before.Group.Instances.FirstOrDefault(instance => instance.Id == terminate.InstanceId) is { } instance
            && before.VersionOf(instance)?.Release is { } release && release != terminate.For
            ? $"it runs release {release}, and {terminate.For} is the desired one"
        : "an operator requested a restart";

    private static string VersionOf(Snapshot before) =>
        before.Group.Pin is not { } pin ? "whatever version is the latest"
        : before.Records.Version(pin) is { } read ? $"version {pin} of release {read.Release}"
        : $"version {pin}";

    private static string Iso(DateTimeOffset at) => Lambdas.Text.Iso8601.Write(at);
}
