using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// What Refresh does about an alarm of the app: while the desired release bakes, it is a failure of the app that a probe does not see.
/// What it saw before an instance of the release was in service, and what fires after the confirmation, is people's to judge: neither
/// the release before nor a deployment's own time out of service must end it.
/// </summary>
internal static class AlarmPolicy
{
    public static RefreshStep Next(Alarm alarm, Snapshot snapshot, PolicySettings settings, DateTimeOffset now)
    {
        var (records, desired) = (snapshot.Records, snapshot.Desired.Release);
        if (Written(alarm, records) is { } rejection)
        {
            return RefreshPolicy.Reconcile(snapshot, settings, $"alarm {alarm.Name} fired while release {rejection.From} baked");
        }

        return WhyNot(alarm, snapshot) is { } why
            ? new RefreshStep.Done(new RunResult.NothingToDo($"alarm {alarm.Name} fired, and {why}"))
            : records.FallbackOf(desired) is { } fallback
                ? new RefreshStep.Act(new AwsAction.Reject(records.Reject(desired, fallback, now, RejectedBy.Alarm, ReasonOf(alarm))))
            : new RefreshStep.Done(new RunResult.NothingToDo(
                $"alarm {alarm.Name} fired, and there is no confirmed release below {desired} to fall back to"));
    }

    // The event came twice, Lambda ran it again, or this run wrote it a step ago.
    private static Rejection? Written(Alarm alarm, Records records) =>
        records.Rejections.FirstOrDefault(rejection =>
            rejection.By == RejectedBy.Alarm && rejection.At >= alarm.FiredAt && rejection.Reason == ReasonOf(alarm));

    private static string? WhyNot(Alarm alarm, Snapshot snapshot)
    {
        var (records, desired) = (snapshot.Records, snapshot.Desired.Release);
        return records.IsStopped ? "the app is stopped"
            : records.IsConfirmed(desired) ? $"release {desired} is confirmed"
            : !snapshot.Group.Instances.Any(instance => Bakes(instance, alarm, snapshot))
                ? $"no instance of release {desired} was in service at {Iso8601.Write(alarm.From)}"
            : null;
    }

    private static bool Bakes(GroupInstance instance, Alarm alarm, Snapshot snapshot) =>
        instance.IsInService
        && snapshot.VersionOf(instance)?.Release == snapshot.Desired.Release
        && snapshot.Details.GetValueOrDefault(instance.Id)?.InServiceAt <= alarm.From;

    private static string ReasonOf(Alarm alarm) => alarm.Why.Length > 0 ? $"alarm {alarm.Name}: {alarm.Why}" : $"alarm {alarm.Name} fired";
}
