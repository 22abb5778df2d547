using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Text;

namespace Charlie.Operations.Doctor;

/// <summary>The records, and what they say that somebody must do.</summary>
internal static class RecordChecks
{
    // EC2 allows 50 tags, and Charlie keeps 4 free for rejections.
    private const int ManyTags = 47;

    public static IEnumerable<Finding> Of(DoctorFacts facts) =>
        facts.Snapshot is { } snapshot
            ? [.. Release(facts, snapshot), .. Tags(facts, snapshot.Records), .. State(snapshot)]
            : [];

    private static IEnumerable<Finding> Release(DoctorFacts facts, Snapshot snapshot)
    {
        var (records, desired, settings) = (snapshot.Records, snapshot.Desired, facts.Stack.Settings);
        if (desired.Version is not { } version)
        {
            yield return new Finding(
                "records",
                "VersionMissing",
                $"The desired release {desired.Release} has no launch template version any more.",
                "Push a release, or charlie rollback --to one that charlie history shows with an image.");
            yield break;
        }

        if (records.NewestBase is null)
        {
            yield return new Finding(
                "records",
                "BaseMissing",
                "The launch template has no version without charlie:release: no push can be derived from it.",
                "Update the infrastructure stack.");
        }

        if (version.Image is null)
        {
            yield return new Finding(
                "records",
                "ImageMissing",
                $"Version {version.Number} of release {version.Release} names no image: no probe of it is ever successful.",
                "Give the launch template the instance tag charlie:image, or push a release.");
        }
        else if (!version.Image.StartsWith(settings.Origin.ImageRepository + "@", StringComparison.Ordinal) && !version.IsBase)
        {
            yield return new Finding(
                "records",
                "OtherRepository",
                $"Release {version.Release} is from another repository than {settings.Origin.ImageRepository}.",
                "Compare the stack's ImageRepository with the pipeline's, and push.");
        }

        if (records.FallbackOf(desired.Release) is null && records.IsConfirmed(desired.Release) && !version.IsBase)
        {
            yield return new Finding(
                "records",
                "NoFallback",
                $"There is nothing to go back to from release {desired.Release}.",
                "The next confirmed release has it as its fallback; until then a failure can only be mended by a push.");
        }
    }

    private static IEnumerable<Finding> Tags(DoctorFacts facts, Records records)
    {
        if (records.TagCount >= ManyTags)
        {
            yield return new Finding(
                "records",
                "TagsFull",
                $"The launch template has {records.TagCount} of 50 tags.",
                "Take away tags that are not Charlie's; Charlie's sweep prunes its own.");
        }

        foreach (var key in records.Unreadable)
        {
            yield return new Finding(
                "records",
                "TagUnreadable",
                $"The record tag {key} cannot be read, and is ignored.",
                $"aws ec2 delete-tags --resources {facts.Stack.Settings.LaunchTemplateId} --tags Key={key}");
        }
    }

    private static IEnumerable<Finding> State(Snapshot snapshot)
    {
        var records = snapshot.Records;
        if (records.Down is { Since: { } since })
        {
            yield return new Finding(
                "records", "Down", $"The app has been down since {Iso8601.Write(since)}.", "charlie status says what the group does.");
        }

        if (records.HoldInForce is { Until: null } hold)
        {
            yield return new Finding(
                "records", "HoldWithoutEnd", $"Deployments are held without an end: {hold.Reason}.", "charlie resume");
        }

        if (records is { IsStopped: true, Stopped: { } stopped })
        {
            yield return new Finding("records", "Stopped", $"The app is stopped: {stopped.Reason}.", "charlie start");
        }

        if (records.AttemptsOf(snapshot.Desired.Release) is { Count: > 0 } attempts)
        {
            yield return new Finding(
                "records",
                "MachinesFail",
                $"{attempts.Count} machines in a row could not run release {attempts.Release}: {attempts.LastFailure}.",
                "Mend that: a registry, a token, a setting; or charlie rollback.");
        }
    }
}
