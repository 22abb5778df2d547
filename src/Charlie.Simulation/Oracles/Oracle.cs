using System.Globalization;
using System.Text.RegularExpressions;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Sns;
using Charlie.Simulation.Checks;
using Charlie.Simulation.Images;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Oracles;

/// <summary>
/// What must hold, worked out from AWS's own state by the rules of the design and without the product's code: record tags
/// and versions are read as plain text.
/// </summary>
/// <param name="cloud">Locked by the caller, where other threads use it.</param>
/// <param name="images">What each image does.</param>
/// <param name="templateId">The launch template of the production group.</param>
/// <param name="topics">The topics of the notifications.</param>
/// <param name="since">Final outcomes before that are ignored.</param>
internal sealed partial class Oracle(Cloud cloud, ImageBehaviours images, string templateId, Topics topics, DateTimeOffset since)
{
    private const string ConfirmedPrefix = "charlie:confirmed:";
    private const string RejectionPrefix = "charlie:rejected:";

    /// <summary>How the notification of a confirmation begins.</summary>
    public const string ConfirmedWord = "CONFIRMED";

    /// <summary>How the notification of a rollback begins.</summary>
    public const string RolledBackWord = "ROLLED BACK";

    private static readonly string[] OutcomeWords = [ConfirmedWord, RolledBackWord];

    private AutoScalingGroup Group => cloud.AutoScaling.Find(ProductionGroup.Name)!;

    /// <summary>What operators requested and was recorded.</summary>
    public RequestTags Requests => new(() => Template, cloud.Time);

    private LaunchTemplate Template => cloud.Ec2.LaunchTemplates.FindId(templateId)!;

    /// <summary>A release is its two numbers; the job's decides which one is newer, then the pipeline's.</summary>
    public static (long Job, long Pipeline) Read(string release)
    {
        var dot = release.IndexOf('.', StringComparison.Ordinal);
        var job = release.AsSpan(dot + 1);
        var pipeline = release.AsSpan(0, dot);
        return (long.Parse(job, CultureInfo.InvariantCulture), long.Parse(pipeline, CultureInfo.InvariantCulture));
    }

    public static string ReleaseOf(LaunchTemplateVersion version) => version.Data.InstanceTags.GetValueOrDefault("charlie:release", "0.0");

    public static string? ImageOf(LaunchTemplateVersion version) => version.Data.InstanceTags.GetValueOrDefault("charlie:image");

    /// <summary>The confirmed releases, each with its version. An overruled confirmation does not count.</summary>
    public Dictionary<string, int> Confirmed() => Confirmed([.. Rejections()]);

    private Dictionary<string, int> Confirmed(List<RejectionTag> rejections) =>
        RecordTags(ConfirmedPrefix)
            .Where(tag => !IsOverruled(tag.Name, TimeOf(tag.Value), rejections))
            .ToDictionary(tag => tag.Name, tag => int.Parse(tag.Value.Split(' ')[0], CultureInfo.InvariantCulture));

    /// <summary>When a release was confirmed, as its record tag says, whether it counts or not.</summary>
    public DateTimeOffset? ConfirmedAt(string release) =>
        RecordTags(ConfirmedPrefix).Where(tag => tag.Name == release).Select(tag => (DateTimeOffset?)TimeOf(tag.Value)).FirstOrDefault();

    /// <summary>Whether the confirmation of a release came after a rejection, and nobody had gone back to the release between.</summary>
    public bool IsOverruled(string release) => ConfirmedAt(release) is { } at && IsOverruled(release, at, [.. Rejections()]);

    private static bool IsOverruled(string release, DateTimeOffset at, List<RejectionTag> rejections)
    {
        var before = rejections.Where(rejection => rejection.At < at).ToList();
        var wentBack = before.Where(rejection => rejection.Fallback == release).Select(rejection => rejection.At).ToList();
        return before.Exists(rejection => rejection.Covers(release) && !wentBack.Exists(back => back > rejection.At));
    }

    public IEnumerable<RejectionTag> Rejections() => RecordTags(RejectionPrefix).Select(tag => RejectionTag.Read(tag.Name, tag.Value));

    public RejectionTag? EffectiveRejection() => Effective(Rejections());

    private static RejectionTag? Effective(IEnumerable<RejectionTag> rejections) =>
        rejections.OrderByDescending(rejection => Read(rejection.Through)).ThenBy(rejection => Read(rejection.Fallback)).FirstOrDefault();

    public string DesiredRelease() => DesiredRelease(Requests.HeldAt);

    /// <summary>What the desired release is once every hold has ended.</summary>
    public string DesiredReleaseWithoutHold() => DesiredRelease(held: null);

    private string DesiredRelease(string? held)
    {
        var rejection = EffectiveRejection();
        var above = Template.Versions
            .Select(ReleaseOf)
            .Where(release => (rejection is null || Read(release).CompareTo(Read(rejection.Through)) > 0)
                && (held is null || Read(release).CompareTo(Read(held)) <= 0))
            .MaxBy(Read);
        return above ?? rejection?.Fallback ?? "0.0";
    }

    public LaunchTemplateVersion? DesiredVersion()
    {
        var desired = DesiredRelease();
        var versions = Template.Versions.Where(version => ReleaseOf(version) == desired);
        return Confirmed().TryGetValue(desired, out var number)
            ? versions.FirstOrDefault(version => version.Number == number)
            : versions.MaxBy(version => version.Number);
    }

    public bool HasFallback(string release) => FallbackOf(release) is not null;

    /// <summary>
    /// What a release falls back to: of the confirmed releases below it that no rejection covers, or that a rejection went back
    /// to, the greatest of its pipeline, else the greatest.
    /// </summary>
    /// <param name="release">The release.</param>
    /// <param name="written">A rejection that is left out: the one that was just written.</param>
    public string? FallbackOf(string release, RejectionTag? written = null)
    {
        var rejections = Rejections().Where(rejection => rejection != written).ToList();
        var wentBack = WentBackTo(rejections);
        var fallbacks = Confirmed(rejections).Keys
            .Where(confirmed => Read(confirmed).CompareTo(Read(release)) < 0
                && HasVersion(confirmed)
                && (confirmed == wentBack || !rejections.Exists(rejection => rejection.Covers(confirmed))))
            .ToList();
        return fallbacks.Where(confirmed => Read(confirmed).Pipeline == Read(release).Pipeline).MaxBy(Read) ?? fallbacks.MaxBy(Read);
    }

    private static string? WentBackTo(List<RejectionTag> rejections)
    {
        var effective = Effective(rejections);
        var fallback = effective?.Fallback;
        foreach (var newer in rejections.Where(rejection => rejection.At > effective!.At).OrderByDescending(rejection => rejection.At))
        {
            fallback = newer.Covers(fallback!) ? newer.Fallback : fallback;
        }

        return fallback;
    }

    /// <summary>What is wrong at the end; <c>null</c> when nothing is.</summary>
    public string? Violation() => GroupViolation() ?? NotNotified();

    private string? GroupViolation()
    {
        var group = Group;
        if (DesiredVersion() is not { } desired)
        {
            return $"release {DesiredRelease()} is the desired one and has no version";
        }

        if (Requests.IsStopped)
        {
            return group.Instances is [var left, ..]
                    ? $"{left.Id} is {LifecycleStates.NameOf(left.State)} although the app is stopped"
                : !group.Suspended.ContainsKey("Launch") ? "the app is stopped, and the group may launch"
                : HandoverViolation();
        }

        if (group.Suspended.Count > 0)
        {
            return $"the process {string.Join(", ", group.Suspended.Keys)} is still suspended";
        }

        var release = ReleaseOf(desired);
        var confirmed = Confirmed().ContainsKey(release);
        // A refresh leaves the pin as it is until its version is healthy.
        var good = images.Of(desired).IsGood;
        if (group.LaunchTemplate.Version != $"{desired.Number}" && (good || confirmed || group.Refreshes.Count == 0))
        {
            return $"version {group.LaunchTemplate.Version} is pinned and not {desired.Number} of release {release}";
        }

        if (group.Refresh is { } refresh && good)
        {
            return $"instance refresh {refresh.Id} is still {refresh.Status}";
        }

        // A release that never starts on any machine is prepared for ever, while the old one trades on.
        if (good && HandoverViolation() is { } unended)
        {
            return unended;
        }

        if (!good)
        {
            return !confirmed && HasFallback(release) && images.Of(desired).IsOfRelease
                ? $"release {release} is neither confirmed nor rolled back"
                : null;
        }

        if (!confirmed)
        {
            return $"release {release} is healthy and not confirmed";
        }

        var wrong = group.Instances.FirstOrDefault(instance =>
            instance.State != LifecycleState.InService || ReleaseOf(instance.Machine.Version) != release
                || instance.Actions.Count > 0 || !instance.Machine.IsAlive || instance.Machine.LaunchTime < Requests.RestartedAt);
        return wrong is not null ? $"{wrong.Id} of release {ReleaseOf(wrong.Machine.Version)} is {LifecycleStates.NameOf(wrong.State)} and not release {release} in service"
            : group.Instances.Count != group.DesiredCapacity
                ? $"the group has {group.Instances.Count} instances and not {group.DesiredCapacity}"
            : null;
    }

    private string? HandoverViolation() =>
        Requests.IsHandoverOpen ? "a handover is still open"
        : Requests.HandoverBegun is not null && Group.DesiredCapacity > 1
            ? $"the desired capacity is {Group.DesiredCapacity} after a handover"
        : Requests.HandoverBegun is not null && Group.Instances.FirstOrDefault(instance => instance.ProtectedFromScaleIn) is { } kept
            ? $"{kept.Id} is still protected after a handover"
        : null;

    /// <summary>Whether a confirmation or a rejection was written since, apart from one.</summary>
    public bool HasChangedSince(DateTimeOffset at, RejectionTag written) =>
        RecordTags(ConfirmedPrefix).Any(tag => TimeOf(tag.Value) >= at)
        || Rejections().Any(rejection => rejection.At >= at && rejection != written);

    public bool HasVersion(string release) => Template.Versions.Any(version => ReleaseOf(version) == release);

    /// <summary>The last final outcome of a release, in the word of its notification; <c>null</c> without one.</summary>
    public string? OutcomeOf(string release) =>
        FinalOutcomes().Where(outcome => outcome.Release == release).Select(outcome => outcome.Word).FirstOrDefault();

    /// <summary>
    /// The last final outcome of a release that was notified, by the time that each mail says: one that SNS refused at first comes a
    /// minute later, and may come after a newer one.
    /// </summary>
    public string? NotifiedOf(string release) =>
        topics.All.SelectMany(topic => topic.Messages)
            .OrderBy(message => TimeIn().Match(message.Message).Groups[1].Value, StringComparer.Ordinal)
            .ThenBy(message => message.PublishedAt)
            .Select(message => WordOn(message.Subject ?? "", release))
            .LastOrDefault(word => word is not null);

    /// <summary>A release whose last notification is not its last final outcome; <c>null</c> without one.</summary>
    private string? NotNotified() =>
        FinalOutcomes().Where(outcome => NotifiedOf(outcome.Release) != outcome.Word)
            .Select(outcome => $"release {outcome.Release} is {outcome.Word}, and its last notification says something else")
            .FirstOrDefault();

    private IEnumerable<(string Release, string Word)> FinalOutcomes() =>
        RecordTags(ConfirmedPrefix)
            .Where(tag => !IsOverruled(tag.Name))
            .Select(tag => (Release: tag.Name, At: tag.Value.Split(' ')[1], Word: ConfirmedWord))
            .Concat(RecordTags(RejectionPrefix)
                .Select(tag => (Release: tag.Value.Split(' ')[0], At: tag.Value.Split(' ')[1], Word: RolledBackWord)))
            .Where(outcome => DateTimeOffset.Parse(outcome.At, CultureInfo.InvariantCulture) >= since)
            .GroupBy(outcome => outcome.Release)
            .Select(outcomes => outcomes.MaxBy(outcome => (outcome.At, outcome.Word)))
            .Select(outcome => (outcome.Release, outcome.Word));

    [GeneratedRegex(@"^Time: +([0-9-]{10} [0-9:]{8}) UTC", RegexOptions.Multiline)]
    private static partial Regex TimeIn();

    private static DateTimeOffset TimeOf(string value) => DateTimeOffset.Parse(value.Split(' ')[1], CultureInfo.InvariantCulture);

    // [charlie] ROLLED BACK 1.2 (1048577.7700124): ..., and without a tag [charlie] ROLLED BACK 1048577.7700124: ...
    private static string? WordOn(string subject, string release) =>
        subject.Contains($" {release}: ", StringComparison.Ordinal) || subject.Contains($" ({release}): ", StringComparison.Ordinal)
            ? Array.Find(
                OutcomeWords, word => subject.StartsWith($"[{ProductionGroup.Name}] {word} ", StringComparison.Ordinal))
            : null;

    private IEnumerable<(string Name, string Value)> RecordTags(string prefix) =>
        Template.Tags.All
            .Where(tag => tag.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(tag => (tag.Key[prefix.Length..], tag.Value));
}
