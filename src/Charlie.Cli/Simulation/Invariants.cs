using System.Globalization;
using Amazon.Runtime;
using Charlie.Lambdas.Events;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Ec2;

namespace Charlie.Cli.Simulation;

/// <summary>A promise that was broken.</summary>
internal sealed record Violation(DateTimeOffset At, string What);

/// <summary>Holds every step of a run to the design's invariants, by AWS's own state and by what was pushed and asked for.</summary>
internal sealed class Invariants
{
    private const string ConfirmedPrefix = "charlie:confirmed:";
    private const string FloorPrefix = "charlie:floor:";

    /// <summary>The stack's HealthSuccesses and BakeSeconds by default.</summary>
    private const int Successes = 3;
    private static readonly TimeSpan Bake = TimeSpan.FromSeconds(60);

    // What was decided from records that were true a moment ago may still be under way: the SDK's retries, a slow
    // answer and a read that lags, together.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly World world;
    private readonly GroupShape shape;
    private readonly Story story;
    private readonly Oracle oracle;
    private readonly HashSet<string> versions = [];
    private readonly Dictionary<string, string> confirmedVersions = [];
    private readonly Dictionary<string, DateTimeOffset> targets = [];
    private string target = "0.0";

    public Invariants(World world, GroupShape shape, Story story)
    {
        (this.world, this.shape, this.story) = (world, shape, story);
        oracle = new Oracle(world);
        world.Cloud.Timeline.Recorded += Check;
        world.Host.Threw += Threw;
        world.Host.Reported += Reported;
    }

    /// <summary>The first promise that was broken.</summary>
    public Violation? Broken { get; private set; }

    public void Fail(string what) => Broken ??= new Violation(world.Time.GetUtcNow(), what);

    private void Check(TimelineEntry entry)
    {
        switch (entry.Kind)
        {
            case "LifecycleStateChanged" when entry.Data is { } state && state["state"] == "InService":
                InService(entry.Subject);
                break;
            case "LifecycleActionCompleted" when entry.Data is { } ended && ended["result"] == "CONTINUE":
                Continued(entry.Subject);
                break;
            case "LaunchTemplateVersionCreated" when entry.Data is { } tags && tags.ContainsKey("charlie:release"):
                VersionMade(tags);
                break;
            case "TagsCreated" when entry.Subject == world.Operator.TemplateId:
                foreach (var (key, value) in entry.Data!)
                {
                    Marked(key, value);
                }

                break;
        }

        if (entry.Kind is "LaunchTemplateVersionCreated" or "TagsCreated")
        {
            targets[target] = entry.At;
            target = oracle.TargetRelease();
        }
    }

    private void InService(string id)
    {
        if (world.Group.Instances.Count(instance => instance.State == LifecycleState.InService) > shape.Most)
        {
            Fail($"{id} went in service beside {shape.Most} others");
        }

        var release = Oracle.ReleaseOf(world.Group.Instances.First(instance => instance.Id == id).Machine.Version);
        if (!WasTarget(release))
        {
            Fail($"{id} of release {release} went in service where release {target} should run");
        }
    }

    private void Continued(string id)
    {
        if (FunctionRun.Current is not { } run || run.ProofsOf(id) < Successes)
        {
            Fail($"{id} was let in without {Successes} proofs in a row");
        }
    }

    private void VersionMade(IReadOnlyDictionary<string, string> tags)
    {
        var (release, image) = (tags["charlie:release"], tags.GetValueOrDefault("charlie:image"));
        if (!story.Pushed.TryGetValue(release, out var pushed) || pushed != image)
        {
            Fail($"a version of release {release} with image {image} was made, which nobody pushed");
        }

        if (!versions.Add($"{release} {image} {tags.GetValueOrDefault("charlie:base")}"))
        {
            Fail($"release {release} got a second version from base {tags.GetValueOrDefault("charlie:base")}");
        }
    }

    private void Marked(string key, string value)
    {
        if (key.StartsWith(ConfirmedPrefix, StringComparison.Ordinal))
        {
            Confirmed(key[ConfirmedPrefix.Length..], value.Split(' ')[0]);
        }
        else if (key.StartsWith(FloorPrefix, StringComparison.Ordinal))
        {
            Floored(FloorMark.Read(key[FloorPrefix.Length..], value));
        }
    }

    private void Confirmed(string release, string version)
    {
        var proved = world.Group.Instances.Any(instance =>
            instance.State == LifecycleState.InService
            && instance.Machine.Version.Number.ToString(CultureInfo.InvariantCulture) == version
            && Oracle.ReleaseOf(instance.Machine.Version) == release
            && world.Time.GetUtcNow() - instance.InServiceSince >= Bake
            && FunctionRun.Current?.ProofsOf(instance.Id) >= Successes);
        if (!proved)
        {
            Fail($"release {release} was confirmed with version {version}, and no instance of it kept its proof in service for {Bake}");
        }

        if (FunctionRun.Current?.Proved(Successes) < shape.Size)
        {
            Fail($"release {release} was confirmed by fewer instances than the {shape.Size} that the group shall have");
        }

        if (confirmedVersions.TryGetValue(release, out var before) && before != version)
        {
            Fail($"release {release} was confirmed with version {before} and then with {version}");
        }

        confirmedVersions[release] = version;
        if (!WasTarget(release))
        {
            Fail($"release {release} was confirmed where release {target} should run");
        }
    }

    private void Floored(FloorMark floor)
    {
        if (floor.Why.StartsWith("group: ", StringComparison.Ordinal))
        {
            if (!world.Group.Refreshes.Any(refresh => refresh.Rollback is not null && world.Template.Find(refresh.Desired!.Version) is { } version && Oracle.ReleaseOf(version) == floor.From))
            {
                Fail($"release {floor.From} is said to be rolled back by the group, and no instance refresh of it was");
            }

            return;
        }

        if (!floor.Why.StartsWith("charlie: ", StringComparison.Ordinal))
        {
            if (!story.Requested.Contains(floor.From))
            {
                Fail($"release {floor.From} was rolled back by request, and nobody asked for it");
            }

            return;
        }

        if (story.AlwaysGood(floor.From) && world.Template.Versions.Where(version => Oracle.ReleaseOf(version) == floor.From).All(version => Oracle.IsGood(world.Cloud.Images.Of(version))))
        {
            Fail($"release {floor.From} was rolled back although its image is healthy: {floor.Why}");
        }

        if (confirmedVersions.Keys.FirstOrDefault(release => release != floor.From && floor.Rejects(release) && !WasRejected(release)) is { } lost)
        {
            Fail($"the rollback of release {floor.From} to {floor.GoBackTo} rejects the confirmed release {lost}");
        }

        if (!confirmedVersions.ContainsKey(floor.GoBackTo))
        {
            Fail($"release {floor.From} was rolled back to {floor.GoBackTo}, which was never confirmed");
        }
    }

    private bool WasRejected(string release) => oracle.Floors().Any(floor => floor.From != release && floor.Rejects(release));

    private bool WasTarget(string release) =>
        release == target || (targets.TryGetValue(release, out var until) && world.Time.GetUtcNow() - until <= Grace);

    private void Threw(FunctionRun run, Exception error)
    {
        Story.Count(story.Errors, error is AmazonServiceException service ? service.ErrorCode ?? "(none)" : error.GetType().Name);
        if (error is not (AmazonServiceException or AmazonClientException or HttpRequestException or IOException))
        {
            Fail($"{run.Function} threw {error.GetType().Name}: {error.Message}");
        }
    }

    private void Reported(FunctionRun run, DeploymentReport report)
    {
        Story.Count(story.Outcomes, report.Outcome.ToString());
        switch (report)
        {
            case { Outcome: Outcome.Confirmed, Release: { } release } when !oracle.Confirmed().ContainsKey(release):
                Fail($"release {release} was reported confirmed and has no such mark");
                break;
            case { Outcome: Outcome.RolledBack, Release: { } release } when !oracle.Floors().Any(floor => floor.From == release):
                Fail($"release {release} was reported rolled back and no floor says so");
                break;
            case { Outcome: Outcome.Rejected, Release: { } release, Image: { } image } when story.Pushed.GetValueOrDefault(release) == image:
                Fail($"the valid push of release {release} was rejected: {report.Reason}");
                break;
            case { Outcome: Outcome.Stale, Release: { } release, Image: not null } when IsWanted(release):
                Fail($"the push of release {release} was called stale where it is the newest: {report.Reason}");
                break;
        }
    }

    private bool IsWanted(string release) =>
        Oracle.Read(release).CompareTo(Oracle.Read(target)) > 0
        && oracle.Floors().All(floor => Oracle.Read(release).CompareTo(Oracle.Read(floor.Rejected)) > 0);
}
