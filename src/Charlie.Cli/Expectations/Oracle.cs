using System.Globalization;
using Charlie.Cli.Production;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Instances;
using Charlie.Sandbox.Sns;

namespace Charlie.Cli.Expectations;

/// <summary>
/// What should be so, worked out from AWS's own state by the rules of the design and without the product's code: marks
/// and versions are read as the texts that they are.
/// </summary>
/// <param name="cloud">To be locked by the caller, where others work on it.</param>
/// <param name="templateId">The launch template of the production group.</param>
/// <param name="topics">Where people are told.</param>
/// <param name="since">Ends before that are not asked about.</param>
internal sealed class Oracle(Cloud cloud, string templateId, Topics topics, DateTimeOffset since)
{
    private const string ConfirmedPrefix = "charlie:confirmed:";
    private const string FloorPrefix = "charlie:floor:";

    /// <summary>How an alert on a confirmation begins.</summary>
    public const string ConfirmedWord = "CONFIRMED";

    /// <summary>How an alert on a rollback begins.</summary>
    public const string RolledBackWord = "ROLLED BACK";

    private static readonly string[] EndWords = [ConfirmedWord, RolledBackWord];

    private AutoScalingGroup Group => cloud.AutoScaling.Find(ProductionGroup.Name)!;

    private LaunchTemplate Template => cloud.Ec2.LaunchTemplates.FindId(templateId)!;

    /// <summary>A release is its two numbers.</summary>
    public static (long Pipeline, long Job) Read(string release)
    {
        var parts = release.Split('.');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public static string ReleaseOf(LaunchTemplateVersion version) => version.Data.InstanceTags.GetValueOrDefault("charlie:release", "0.0");

    public static string? ImageOf(LaunchTemplateVersion version) => version.Data.InstanceTags.GetValueOrDefault("charlie:image");

    /// <summary>The confirmed releases, each with its version.</summary>
    public Dictionary<string, int> Confirmed() =>
        Marks(ConfirmedPrefix).ToDictionary(
            mark => mark.Name, mark => int.Parse(mark.Value.Split(' ')[0], CultureInfo.InvariantCulture));

    public IEnumerable<FloorMark> Floors() => Marks(FloorPrefix).Select(mark => FloorMark.Read(mark.Name, mark.Value));

    public FloorMark? CountingFloor() =>
        Floors().OrderByDescending(floor => Read(floor.Rejected)).ThenBy(floor => Read(floor.GoBackTo)).FirstOrDefault();

    public string TargetRelease()
    {
        var floor = CountingFloor();
        var above = Template.Versions
            .Select(ReleaseOf)
            .Where(release => floor is null || Read(release).CompareTo(Read(floor.Rejected)) > 0)
            .MaxBy(Read);
        return above ?? floor?.GoBackTo ?? "0.0";
    }

    public LaunchTemplateVersion? TargetVersion()
    {
        var target = TargetRelease();
        var versions = Template.Versions.Where(version => ReleaseOf(version) == target);
        return Confirmed().TryGetValue(target, out var number)
            ? versions.FirstOrDefault(version => version.Number == number)
            : versions.MaxBy(version => version.Number);
    }

    /// <summary>Whether there is a confirmed release below that no floor rejects.</summary>
    public bool CanGoBackFrom(string release) =>
        Confirmed().Keys.Any(confirmed =>
            Read(confirmed).CompareTo(Read(release)) < 0
            && Template.Versions.Any(version => ReleaseOf(version) == confirmed)
            && !Floors().Any(floor => floor.Rejects(confirmed)));

    /// <summary>What is not as it must be in the end; <c>null</c> when all is.</summary>
    public string? Flaw() => FlawOfGroup() ?? Untold();

    private string? FlawOfGroup()
    {
        var group = Group;
        if (TargetVersion() is not { } target)
        {
            return $"release {TargetRelease()} should run and has no version";
        }

        var release = ReleaseOf(target);
        var confirmed = Confirmed().ContainsKey(release);
        // A refresh leaves the pin as it is until its version has proved itself.
        var good = IsGood(cloud.Images.Of(target));
        if (group.LaunchTemplate.Version != $"{target.Number}" && (good || confirmed || group.Refreshes.Count == 0))
        {
            return $"version {group.LaunchTemplate.Version} is pinned and not {target.Number} of release {release}";
        }

        if (group.Refresh is { } refresh && good)
        {
            return $"instance refresh {refresh.Id} is still {refresh.Status}";
        }

        if (!good)
        {
            return !confirmed && CanGoBackFrom(release) ? $"release {release} is neither confirmed nor rolled back" : null;
        }

        if (!confirmed)
        {
            return $"release {release} runs well and is not confirmed";
        }

        var wrong = group.Instances.FirstOrDefault(instance =>
            instance.State != LifecycleState.InService || ReleaseOf(instance.Machine.Version) != release || instance.Actions.Count > 0 || !instance.Machine.IsAlive);
        return wrong is not null ? $"{wrong.Id} of release {ReleaseOf(wrong.Machine.Version)} is {LifecycleStates.NameOf(wrong.State)} where release {release} should be in service"
            : group.Instances.Count != group.DesiredCapacity ? $"the group has {group.Instances.Count} instances and not {group.DesiredCapacity}"
            : null;
    }

    public bool HasVersion(string release) => Template.Versions.Any(version => ReleaseOf(version) == release);

    /// <summary>The last end of a release, in the word of its alert; <c>null</c> without one.</summary>
    public string? EndOf(string release) => Ends().Where(end => end.Release == release).Select(end => end.Word).FirstOrDefault();

    /// <summary>The last end of a release that people heard of.</summary>
    public string? ToldOf(string release) =>
        topics.All.SelectMany(topic => topic.Messages)
            .OrderBy(message => message.PublishedAt)
            .Select(message => WordOn(message.Message, release))
            .LastOrDefault(word => word is not null);

    /// <summary>A release whose last end people have not heard of, or not last; <c>null</c> without one.</summary>
    private string? Untold() =>
        Ends().Where(end => ToldOf(end.Release) != end.Word)
            .Select(end => $"release {end.Release} is {end.Word} and the last that people heard of it is something else")
            .FirstOrDefault();

    private IEnumerable<(string Release, string Word)> Ends() =>
        Marks(ConfirmedPrefix).Select(mark => (Release: mark.Name, At: mark.Value.Split(' ')[1], Word: ConfirmedWord))
            .Concat(Marks(FloorPrefix).Select(mark => (Release: mark.Value.Split(' ')[0], At: mark.Value.Split(' ')[1], Word: RolledBackWord)))
            .Where(end => DateTimeOffset.Parse(end.At, CultureInfo.InvariantCulture) >= since)
            .GroupBy(end => end.Release)
            .Select(ends => ends.MaxBy(end => (end.At, end.Word)))
            .Select(end => (end.Release, end.Word));

    private static string? WordOn(string message, string release) =>
        Array.Find(EndWords, word => message.StartsWith($"\"{word} {ProductionGroup.Name} {release}\"", StringComparison.Ordinal));

    /// <summary>Whether an image comes up well before the deadline and stays up.</summary>
    public static bool IsGood(ImageBehaviour behaviour) => behaviour is { Kind: BehaviourKind.Healthy, BootTime.TotalSeconds: < 240 };

    private IEnumerable<(string Name, string Value)> Marks(string prefix) =>
        Template.Tags.All
            .Where(tag => tag.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(tag => (tag.Key[prefix.Length..], tag.Value));
}
