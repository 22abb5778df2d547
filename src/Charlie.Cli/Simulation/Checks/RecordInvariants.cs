using System.Globalization;
using Charlie.Cli.Expectations;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Ec2;

namespace Charlie.Cli.Simulation.Checks;

/// <summary>What may be written down, and what may be forgotten: versions, confirmations and floors.</summary>
internal sealed class RecordInvariants(World world, GroupShape shape, Story story, Oracle oracle, TargetHistory target, Action<string> fail)
{
    private const string ConfirmedPrefix = "charlie:confirmed:";
    private const string FloorPrefix = "charlie:floor:";

    /// <summary>The stack's BakeSeconds by default.</summary>
    private static readonly TimeSpan Bake = TimeSpan.FromSeconds(60);

    /// <summary>The stack's DeploymentDeadlineSeconds by default.</summary>
    private static readonly TimeSpan DeploymentDeadline = TimeSpan.FromMinutes(30);

    private readonly HashSet<string> versions = [];
    private readonly Dictionary<string, string> confirmedVersions =
        oracle.Confirmed().ToDictionary(mark => mark.Key, mark => $"{mark.Value}");
    private HashSet<string> gone = ConfirmedAndRejected(oracle);

    private DateTimeOffset Now => world.Time.GetUtcNow();

    public void Check(TimelineEntry entry)
    {
        switch (entry.Kind)
        {
            case "LaunchTemplateVersionCreated" when entry.Data is { } tags && tags.ContainsKey("charlie:release"):
                VersionMade(tags);
                break;
            case "TagsCreated" when entry.Subject == world.Operator.TemplateId:
                foreach (var (key, value) in entry.Data!)
                {
                    Marked(key, value);
                }

                gone = ConfirmedAndRejected(oracle);
                break;
            case "TagsDeleted" when entry.Subject == world.Operator.TemplateId:
                Forgotten();
                break;
        }
    }

    private void VersionMade(IReadOnlyDictionary<string, string> tags)
    {
        var (release, image) = (tags["charlie:release"], tags.GetValueOrDefault("charlie:image"));
        if (!story.Pushed.TryGetValue(release, out var pushed) || pushed != image)
        {
            fail($"a version of release {release} with image {image} was made, which nobody pushed");
        }

        if (!versions.Add($"{release} {image} {tags.GetValueOrDefault("charlie:base")}"))
        {
            fail($"release {release} got a second version from base {tags.GetValueOrDefault("charlie:base")}");
        }

        if (Oracle.Read(release).CompareTo(Oracle.Read(target.Release)) < 0 && target.IsSettled(Now))
        {
            fail($"a version of release {release} was made where release {target.Release} should run");
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
            && Now - instance.InServiceSince >= Bake
            && FunctionRun.Current?.ProofsOf(instance.Id) >= InstanceInvariants.Successes);
        if (!proved)
        {
            fail($"release {release} was confirmed with version {version}, and no instance of it kept its proof in service for {Bake}");
        }

        if (FunctionRun.Current is { } run && run.Proved(InstanceInvariants.Successes) < shape.Size)
        {
            fail($"release {release} was confirmed by fewer instances than the {shape.Size} that the group shall have");
        }

        FromFreshRecords($"release {release} was confirmed");
        if (confirmedVersions.TryGetValue(release, out var before) && before != version)
        {
            fail($"release {release} was confirmed with version {before} and then with {version}");
        }

        confirmedVersions[release] = version;
        if (!target.Was(release, Now))
        {
            fail($"release {release} was confirmed where release {target.Release} should run");
        }
    }

    private void Floored(FloorMark floor)
    {
        if (oracle.Floors().FirstOrDefault(other => Oracle.Read(other.Rejected).CompareTo(Oracle.Read(floor.Rejected)) > 0 && Now - other.At > TargetHistory.Grace) is { } higher)
        {
            fail($"the highest rejected release sank from {higher.Rejected} to {floor.Rejected}");
        }

        if (floor.Why.StartsWith("group: ", StringComparison.Ordinal))
        {
            if (!world.Group.Refreshes.Any(refresh => refresh.Rollback is not null && world.Template.Find(refresh.DesiredConfiguration!.Version) is { } version && Oracle.ReleaseOf(version) == floor.From))
            {
                fail($"release {floor.From} is said to be rolled back by the group, and no instance refresh of it was");
            }

            return;
        }

        if (!floor.Why.StartsWith("charlie: ", StringComparison.Ordinal))
        {
            if (!story.Requested.Contains(floor.From))
            {
                fail($"release {floor.From} was rolled back by request, and nobody asked for it");
            }

            return;
        }

        FromFreshRecords($"release {floor.From} was rolled back");
        Blamed(floor);
        WentBack(floor);
    }

    // The app's fault needs evidence of the app.
    private void Blamed(FloorMark floor)
    {
        var made = world.Template.Versions.Where(version => Oracle.ReleaseOf(version) == floor.From).ToList();
        if (story.AlwaysGood(floor.From) && made.TrueForAll(version => Oracle.IsGood(world.Cloud.Images.Of(version))))
        {
            fail($"release {floor.From} was rolled back although its image is healthy: {floor.Why}");
        }

        var instances = world.Group.Instances.Where(instance => Oracle.ReleaseOf(instance.Machine.Version) == floor.From).Select(instance => instance.Id);
        if (FunctionRun.Current is { } run
            && run.BlamedMachineOnly(instances)
            && made.Select(version => version.Data.InstanceTags.GetValueOrDefault("charlie:pushed-at")).Max() is { } pushed
            && Now - DateTimeOffset.Parse(pushed, CultureInfo.InvariantCulture) < DeploymentDeadline)
        {
            fail($"release {floor.From} was rolled back for its machine's fault: {floor.Why}");
        }
    }

    private void WentBack(FloorMark floor)
    {
        if (confirmedVersions.Keys.FirstOrDefault(release => release != floor.From && floor.Rejects(release) && !WasRejected(release)) is { } lost)
        {
            fail($"the rollback of release {floor.From} to {floor.GoBackTo} rejects the confirmed release {lost}");
        }

        if (!confirmedVersions.ContainsKey(floor.GoBackTo))
        {
            fail($"release {floor.From} was rolled back to {floor.GoBackTo}, which was never confirmed");
        }

        if (oracle.Floors().FirstOrDefault(other => other.Rejects(floor.GoBackTo) && Now - other.At > TargetHistory.Grace) is { } rejection)
        {
            fail($"release {floor.From} was rolled back to {floor.GoBackTo}, which was rejected with {rejection.From}");
        }
    }

    // To forget must not change the story.
    private void Forgotten()
    {
        if (oracle.TargetRelease() is var next && next != target.Release)
        {
            fail($"tags were deleted, and release {next} should run now where it was {target.Release}");
        }

        var rejected = ConfirmedAndRejected(oracle);
        if (gone.FirstOrDefault(release => !rejected.Contains(release) && oracle.Confirmed().ContainsKey(release)) is { } back)
        {
            fail($"tags were deleted, and release {back} is not rejected any more");
        }

        gone = rejected;
        foreach (var release in confirmedVersions.Keys.Except(oracle.Confirmed().Keys).ToList())
        {
            confirmedVersions.Remove(release);
        }
    }

    private void FromFreshRecords(string what)
    {
        if (FunctionRun.Current is { HasFreshRecords: false })
        {
            fail($"{what} on records that were read before the last probes");
        }
    }

    private static HashSet<string> ConfirmedAndRejected(Oracle oracle)
    {
        var floors = oracle.Floors().ToList();
        return [.. oracle.Confirmed().Keys.Where(release => floors.Exists(floor => floor.Rejects(release)))];
    }

    private bool WasRejected(string release) => oracle.Floors().Any(floor => floor.From != release && floor.Rejects(release));
}
