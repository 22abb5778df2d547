using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// What may be deleted. EC2 allows 50 tags on a launch template and 10,000 versions of it; what no decision needs any more
/// goes, the oldest first.
/// </summary>
/// <param name="TagKeys">Tags to delete.</param>
/// <param name="Versions">Launch template versions to delete.</param>
internal sealed record Pruning(ImmutableArray<string> TagKeys, ImmutableArray<long> Versions)
{
    /// <summary>EC2's limit of tags on one resource.</summary>
    public const int MaxTags = 50;

    // Left for others, who add tags without asking how many there are.
    private const int Reserve = 4;

    // Pruned at once, so that not every deployment has to.
    private const int Batch = 8;

    private const int NewestVersions = 20;

    // EC2's most for DeleteLaunchTemplateVersions.
    private const int MaxVersionsPerCall = 200;

    public bool IsDone => TagKeys.IsEmpty && Versions.IsEmpty;

    /// <summary>The next deletion that is not among those done; <c>null</c> after the last one.</summary>
    public AwsAction? Next(ImmutableArray<DoneAction> done)
    {
        if (!TagKeys.IsEmpty && !done.Any(one => one.Action is AwsAction.DeleteRecordTags))
        {
            return new AwsAction.DeleteRecordTags(TagKeys);
        }

        var deleted = done.Select(one => one.Action).OfType<AwsAction.DeleteVersions>().SelectMany(action => action.Numbers).ToHashSet();
        var left = Versions.Where(version => !deleted.Contains(version)).Take(MaxVersionsPerCall).ToImmutableArray();
        return left.IsEmpty ? null : new AwsAction.DeleteVersions(left);
    }

    /// <summary>What the sweep deletes: tags only when there are more than Charlie's bound, which is 50 less others' tags less 4.</summary>
    public static Pruning Of(Records records, Group group)
    {
        var left = records;
        var tags = ImmutableArray.CreateBuilder<string>();
        if (records.TagCount > MaxTags - Reserve)
        {
            while (left.TagCount > MaxTags - Reserve - Batch && NextTags(left) is { IsEmpty: false } keys)
            {
                tags.AddRange(keys);
                left = left.Without(keys);
            }
        }

        return new Pruning(tags.ToImmutable(), [.. VersionsOf(records, group)]);
    }

    /// <summary>
    /// An action that may be executed: where the template has no room for the record tag that it writes, records are
    /// deleted first.
    /// </summary>
    public static AwsAction MakeRoom(AwsAction action, Records records) =>
        action is AwsAction.Confirm or AwsAction.Reject or AwsAction.RecordRequest or AwsAction.RecordReported or AwsAction.RecordAttempts
            or AwsAction.RecordReplacement or AwsAction.RecordDownSince
        && records.TagCount >= MaxTags
        && NextTags(records) is { IsEmpty: false } keys
            ? new AwsAction.DeleteRecordTags(keys)
            : action;

    /// <summary>
    /// A write that must succeed, or what makes room for it: EC2 counts the tags, and what was read may lag. Where it refused
    /// the write, the next record is deleted.
    /// </summary>
    /// <exception cref="InvalidOperationException">The template's other tags leave no room for it.</exception>
    public static AwsAction Write(AwsAction write, Records records, ImmutableArray<DoneAction> done) =>
        done is not [.., { Action: AwsAction.Reject or AwsAction.RecordRequest, Succeeded: false }] ? write
        : NextTags(records) is { IsEmpty: false } keys ? new AwsAction.DeleteRecordTags(keys)
        : throw new InvalidOperationException(
            "The launch template has too many tags for another record, and none is left that could be deleted:"
            + " delete tags of others.");

    /// <summary>
    /// The record tags to delete next: counts of releases that are not the desired one and confirmations that a rejection
    /// overruled, then reported final outcomes, then unreported ones, the oldest first, then holds that ended; empty where every tag
    /// is needed.
    /// </summary>
    public static ImmutableArray<string> NextTags(Records records)
    {
        var desired = DesiredRelease.Of(records);
        foreach (var keys in Counts(records, desired).Concat(Outcomes(records, desired)).Concat(EndedHolds(records)))
        {
            if (IsHarmless([.. keys], records))
            {
                return [.. keys];
            }
        }

        return [];
    }

    private static IEnumerable<string[]> Counts(Records records, DesiredRelease desired) =>
        records.Attempts.Where(tag => tag.Release != desired.Release).Select(tag => tag.Key)
            .Concat(records.Replacements.Where(tag => tag.Release != desired.Release).Select(tag => tag.Key))
            .Concat(records.Reported.Where(tag => !HasOutcome(records, tag.Release)).Select(tag => tag.Key))
            .Concat(records.Confirmations.Where(tag => IsForgotten(tag, records)).OrderBy(tag => tag.At).Select(tag => tag.Key))
            .Select(key => new[] { key });

    // An overruled confirmation has to be told of until people heard of the rollback after it.
    private static bool IsForgotten(Confirmation tag, Records records) =>
        records.IsOverruled(tag)
        && FinalOutcome.Of(records).All(outcome => outcome.Release != tag.Release || outcome.IsReported(records));

    // A release's record tags go together: some without the others would mean something else.
    private static IEnumerable<string[]> Outcomes(Records records, DesiredRelease desired)
    {
        FinalOutcome[] outcomes = [.. FinalOutcome.Of(records).Where(outcome => outcome.Release != desired.Release)];
        return outcomes.Where(outcome => outcome.IsReported(records))
            .Concat(outcomes.Where(outcome => !outcome.IsReported(records)))
            .Select(outcome => records.Confirmations.Where(tag => tag.Release == outcome.Release).Select(tag => tag.Key)
                .Concat(records.Rejections.Where(tag => tag.From == outcome.Release).Select(tag => tag.Key))
                .Concat(records.Reported.Where(tag => tag.Release == outcome.Release).Select(tag => tag.Key))
                .ToArray());
    }

    // What ended one stays: a request that comes late is not newer than its holder's resume, or would have ended by now.
    private static IEnumerable<string[]> EndedHolds(Records records) =>
        records.Holds.Where(hold => !records.IsInForce(hold)).Select(hold => new[] { hold.Key });

    private static bool HasOutcome(Records records, Release release) =>
        records.Confirmations.Any(tag => tag.Release == release) || records.Rejections.Any(tag => tag.From == release);

    // Nothing may follow from the records that are left that did not follow before.
    private static bool IsHarmless(ImmutableArray<string> keys, Records records)
    {
        var left = records.Without(keys);
        var desired = DesiredRelease.Of(records).Release;
        return DesiredRelease.Of(left).Release == desired
            && left.HeldUntil(desired) == records.HeldUntil(desired)
            && DesiredRelease.WithoutHold(left) == DesiredRelease.WithoutHold(records)
            && left.EffectiveRejection == records.EffectiveRejection
            && left.IsConfirmed(desired) == records.IsConfirmed(desired)
            && left.VersionOf(desired) == records.VersionOf(desired)
            && left.FallbackOf(desired) == records.FallbackOf(desired)
            && left.Confirmations.All(tag =>
                IsRejected(left, tag.Release) == IsRejected(records, tag.Release) && left.IsOverruled(tag) == records.IsOverruled(tag));
    }

    private static bool IsRejected(Records records, Release release) => records.Rejections.Any(rejection => rejection.Covers(release));

    private static IEnumerable<long> VersionsOf(Records records, Group group)
    {
        HashSet<long?> kept =
        [
            .. group.Instances.Select(instance => instance.Version),
            group.Pin,
            group.Refresh?.Version,
            records.DefaultVersion,
            DesiredRelease.Of(records).Version?.Number,
            DesiredRelease.WithoutHold(records).Version?.Number,
        ];
        return records.Versions
            .OrderByDescending(version => version.Number)
            .Skip(NewestVersions)
            .Where(version => !version.IsBase && !kept.Contains(version.Number) && !HasTags(records, version.Release))
            .Select(version => version.Number);
    }

    private static bool HasTags(Records records, Release release) =>
        records.Confirmations.Any(tag => tag.Release == release)
        || records.Reported.Any(tag => tag.Release == release)
        || records.Rejections.Any(rejection => rejection.From == release || rejection.Fallback == release || rejection.Through == release);
}
