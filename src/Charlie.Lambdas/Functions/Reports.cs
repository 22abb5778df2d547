using System.Globalization;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>Writes what a function returns: the facts by name, and one sentence for a person.</summary>
internal sealed class Reports(Settings settings)
{
    /// <summary>Whether people should hear it at once.</summary>
    public static bool IsNews(DeploymentReport report) => Gravity(report) >= Gravity(Outcome.Retrying);

    /// <summary>Of two reports the one that is to be told; of equals the first.</summary>
    public static DeploymentReport Graver(DeploymentReport? one, DeploymentReport other) =>
        one is not null && Gravity(one) >= Gravity(other) ? one : other;

    public DeploymentReport NothingToDo(string why) => Write(Outcome.NothingToDo, null, $"Nothing to do: {why}.") with { Reason = why };

    public DeploymentReport Rejected(string what, string reason) =>
        Write(Outcome.Rejected, null, $"Rejected {what}: {reason}. Nothing was changed.") with { Reason = reason };

    public DeploymentReport Rejected(Push push, string reason) =>
        Of(push, Outcome.Rejected, $"Rejected release {push.Release}: {reason}. Nothing was changed.") with { Reason = reason };

    public DeploymentReport Stale(Push push, string reason) =>
        Of(push, Outcome.Stale, $"Release {push.Release} was left alone: {reason}.") with { Reason = reason };

    public DeploymentReport Stale(RollbackRequest request, string reason) =>
        Write(Outcome.Stale, null, $"The rollback from release {request.From} was left alone: {reason}.") with
        {
            Release = request.From.ToString(),
            Reason = reason,
        };

    public DeploymentReport Refused(string release, string reason) =>
        Write(Outcome.Refused, null, $"Release {release} cannot be brought to {settings.GroupName}: {reason}. Nothing was changed; run the job again afterwards.") with
        {
            Release = release,
            Reason = reason,
        };

    public DeploymentReport Stuck(Target target, string? activity) =>
        Write(
            Outcome.Stuck,
            target.Version,
            $"Release {target.Release} should run on {settings.GroupName} and has no instance: {activity ?? "the group tells of no activity"}.") with
        {
            Release = target.Release.ToString(),
            Reason = activity,
        };

    public DeploymentReport AlreadyCurrent(ReleaseVersion version) =>
        Write(Outcome.AlreadyCurrent, version, $"Release {version.Release} is what {settings.GroupName} runs or is on its way to.");

    public DeploymentReport Started(ReleaseVersion version, string? previousImage, string reason, DeploymentTimings timings) =>
        Write(Outcome.Started, version, $"Started release {version.Release} on {settings.GroupName}: {reason}.") with
        {
            PreviousImage = previousImage,
            Reason = reason,
            Timings = timings with { PushedAt = version.PushedAt },
        };

    public DeploymentReport InstanceReady(ReleaseVersion version, string instance, DeploymentTimings timings) =>
        Write(Outcome.InstanceReady, version, $"Instance {instance} proved the image of release {version.Release} and was let in.") with
        {
            InstanceId = instance,
            Timings = timings,
        };

    public DeploymentReport Confirmed(ReleaseVersion version, string instance, int proving, string? previousImage, DeploymentTimings timings) =>
        Write(
            Outcome.Confirmed,
            version,
            $"Release {version.Release} is confirmed: {(proving > 1 ? $"{proving} instances run its image, and {instance}" : $"{instance} runs its image and")} stayed healthy in service for {Seconds(settings.Health.BakeTime)}{SinceThePush(timings)}.") with
        {
            InstanceId = instance,
            PreviousImage = previousImage,
            EndedAt = timings.ConfirmedAt is { } at ? Instants.Write(at) : null,
            Timings = timings,
        };

    public DeploymentReport Superseded(ReleaseVersion version, string instance, Release target) =>
        Write(Outcome.Superseded, version, $"Instance {instance} of release {version.Release} was given up: release {target} should run.") with
        {
            InstanceId = instance,
        };

    public DeploymentReport RolledBack(ReleaseVersion version, string instance, ReleaseVersion? back, Floor floor, string reason, DeploymentTimings timings) =>
        Write(Outcome.RolledBack, version, $"Release {version.Release} was rolled back to {floor.GoBackTo}: {reason}.") with
        {
            InstanceId = instance,
            PreviousImage = back?.Image,
            Reason = reason,
            EndedAt = Instants.Write(floor.At),
            Timings = timings,
        };

    /// <summary>An end whose report is not known to have left: as much of it as the marks tell.</summary>
    public DeploymentReport Again(ReleaseEnd end, Records records)
    {
        var version = records.VersionOf(end.Release);
        var previous = end.Floor?.GoBackTo ?? records.GoBackFrom(end.Release);
        var summary = end.Floor is { } floor
            ? $"Release {end.Release} was rolled back to {floor.GoBackTo} at {Instants.Write(end.At)}: {floor.Why}."
            : $"Release {end.Release} is confirmed since {Instants.Write(end.At)}.";
        return Write(end.Kind == EndKind.Confirmed ? Outcome.Confirmed : Outcome.RolledBack, version, summary) with
        {
            Release = end.Release.ToString(),
            PreviousImage = previous is { } release ? records.VersionOf(release)?.Image : null,
            Reason = end.Floor?.Why,
            EndedAt = Instants.Write(end.At),
            Timings = new DeploymentTimings
            {
                PushedAt = version?.PushedAt,
                ConfirmedAt = end.Kind == EndKind.Confirmed ? end.At : null,
            },
        };
    }

    public DeploymentReport Retrying(ReleaseVersion version, string instance, string reason, DeploymentTimings timings) =>
        Write(
            Outcome.Retrying,
            version,
            $"Instance {instance} of release {version.Release} was given up for its machine's fault ({reason}); the group launches another.") with
        {
            InstanceId = instance,
            Reason = reason,
            Timings = timings,
        };

    public DeploymentReport Failed(ReleaseVersion version, string instance, bool confirmed, string reason, DeploymentTimings timings) =>
        Write(
            Outcome.Failed,
            version,
            confirmed
                ? $"Instance {instance} of the confirmed release {version.Release} did not come up: {reason}. The group launches another."
                : $"Instance {instance} of release {version.Release} failed, and there is no confirmed release below it to go back to: {reason}. The group keeps trying; push a release that works.") with
        {
            InstanceId = instance,
            Reason = reason,
            Timings = timings,
        };

    private static int Gravity(DeploymentReport report) => Gravity(report.Outcome);

    private static int Gravity(Outcome outcome) => outcome switch
    {
        Outcome.RolledBack => 6,
        Outcome.Confirmed => 5,
        Outcome.Failed => 4,
        Outcome.Retrying => 3,
        Outcome.Superseded => 2,
        Outcome.InstanceReady => 1,
        _ => 0,
    };

    private DeploymentReport Of(Push push, Outcome outcome, string summary) =>
        Write(outcome, null, summary) with
        {
            Release = push.Release.ToString(),
            Image = push.Image,
            PipelineId = push.Release.PipelineId,
            JobId = push.Release.JobId,
            PipelineUrl = push.PipelineUrl,
            Commit = push.Commit,
            ProjectId = push.ProjectId,
        };

    private DeploymentReport Write(Outcome outcome, ReleaseVersion? version, string summary) =>
        new()
        {
            Outcome = outcome,
            App = settings.App,
            Group = settings.GroupName,
            Release = version?.Release.ToString(),
            Image = version?.Image,
            Version = version?.Number,
            PipelineId = version is { IsBase: false } ? version.Release.PipelineId : null,
            JobId = version is { IsBase: false } ? version.Release.JobId : null,
            PipelineUrl = version?.PipelineUrl,
            Commit = version?.Commit,
            ProjectId = version?.ProjectId,
            Summary = summary,
        };

    private static string SinceThePush(DeploymentTimings timings) =>
        timings.ConfirmedAt - timings.PushedAt is { } took ? $", {Seconds(took)} after the push" : "";

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s");
}
