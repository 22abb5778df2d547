using System.Globalization;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Ec2;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Oracles;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Scenarios;

namespace Charlie.Simulation.Checks;

/// <summary>What may be recorded, and what may be deleted: versions, confirmations and rejections.</summary>
internal sealed class RecordInvariants(
    SimulatedEnvironment environment, GroupShape shape, RunRecord record, Oracle oracle, DesiredReleaseHistory desired, Action<string> fail)
{
    private const string ConfirmedPrefix = "charlie:confirmed:";
    private const string RejectionPrefix = "charlie:rejected:";

    /// <summary>The stack's BakeSeconds by default.</summary>
    private static readonly TimeSpan Bake = TimeSpan.FromSeconds(60);

    /// <summary>The stack's DeploymentDeadlineSeconds by default.</summary>
    private static readonly TimeSpan DeploymentDeadline = TimeSpan.FromMinutes(30);

    private const int MachinesThatCount = 3;

    private readonly ServiceHistory services = new();
    private readonly LaunchHistory launches = new(environment);
    // A closed group is not down, and what its app suffered from before is forgotten.
    private DateTimeOffset? closedAt;

    private readonly HashSet<string> versions = [];

    /// <summary>When each release got its first version.</summary>
    private readonly Dictionary<string, DateTimeOffset> made = [];

    private readonly Dictionary<string, string> confirmedVersions =
        oracle.Confirmed().ToDictionary(mark => mark.Key, mark => $"{mark.Value}");
    private readonly Dictionary<string, DateTimeOffset> confirmedAt = [];
    private HashSet<string> covered = ConfirmedAndRejected(oracle);

    // As many as the group itself keeps in service.
    private int Needed => shape.IsRolling ? Math.Max(1, ((environment.Group.DesiredCapacity * shape.MinHealthyPercentage) + 99) / 100) : 1;

    private DateTimeOffset Now => environment.Time.GetUtcNow();

    public void Check(TimelineEntry entry)
    {
        services.Check(entry);
        if (entry.Kind == "LifecycleStateChanged" && (environment.Group.DesiredCapacity == 0 || oracle.Requests.IsStopped))
        {
            closedAt = entry.At;
        }

        launches.Check(entry);
        switch (entry.Kind)
        {
            case "LaunchTemplateVersionCreated" when entry.Data is { } tags && tags.ContainsKey("charlie:release"):
                CheckVersion(tags);
                break;
            case "TagsCreated" when entry.Subject == environment.Operator.TemplateId:
                foreach (var (key, value) in entry.Data!)
                {
                    CheckTag(key, value);
                }

                covered = ConfirmedAndRejected(oracle);
                break;
            case "TagsDeleted" when entry.Subject == environment.Operator.TemplateId:
                CheckDeleted();
                break;
        }
    }

    /// <summary>A push was reported stale: only one whose release was recorded is a duplicate that nobody hears of.</summary>
    public void ReportedStale(string release, bool isDuplicate)
    {
        var isRecorded = made.TryGetValue(release, out var at);
        if (isDuplicate && !isRecorded)
        {
            fail($"the stale push of release {release} was called a duplicate, and it was never recorded");
        }

        if (!isDuplicate && isRecorded && Now - at > DesiredReleaseHistory.Grace)
        {
            fail($"the push of release {release} was reported as one that came too late, and it was recorded before");
        }
    }

    private void CheckVersion(IReadOnlyDictionary<string, string> tags)
    {
        var (release, image) = (tags["charlie:release"], tags.GetValueOrDefault("charlie:image"));
        made.TryAdd(release, Now);
        if (!record.Pushed.TryGetValue(release, out var pushed) || pushed != image)
        {
            fail($"a version of release {release} with image {image} was made, which no valid event pushed");
        }

        if (!versions.Add($"{release} {image} {tags.GetValueOrDefault("charlie:base")}"))
        {
            fail($"release {release} got a second version from base {tags.GetValueOrDefault("charlie:base")}");
        }

        if (Oracle.Read(release).CompareTo(Oracle.Read(desired.Release)) < 0 && desired.IsSettled(Now))
        {
            fail($"a version of release {release} was made although release {desired.Release} is the desired one");
        }
    }

    private void CheckTag(string key, string value)
    {
        if (key.StartsWith(ConfirmedPrefix, StringComparison.Ordinal))
        {
            var words = value.Split(' ');
            CheckConfirmation(
                key[ConfirmedPrefix.Length..], words[0], DateTimeOffset.Parse(words[1], CultureInfo.InvariantCulture));
        }
        else if (key.StartsWith(RejectionPrefix, StringComparison.Ordinal))
        {
            CheckRejection(RejectionTag.Read(key[RejectionPrefix.Length..], value));
        }
    }

    private void CheckConfirmation(string release, string version, DateTimeOffset at)
    {
        if (at > Now || Now - at > DesiredReleaseHistory.Grace)
        {
            fail($"release {release} was confirmed with another time than its own: {at:O}");
        }

        var healthy = environment.Template.Find(version) is { } confirmed
            && Oracle.ReleaseOf(confirmed) == release
            && services.InServiceFor(Bake, version, at)
                .Any(id => FunctionRun.Current?.SuccessesOf(id) >= InstanceInvariants.Successes);
        if (!healthy)
        {
            fail($"release {release} was confirmed with version {version}, and no instance of it was healthy in service for {Bake}");
        }

        if (FunctionRun.Current is { } run && run.HealthyCount(InstanceInvariants.Successes) < Needed)
        {
            fail($"release {release} was confirmed by fewer instances than {Needed}");
        }

        FromFreshRecords($"release {release} was confirmed");
        if (confirmedVersions.TryGetValue(release, out var before) && before != version)
        {
            fail($"release {release} was confirmed with version {before} and then with {version}");
        }

        confirmedVersions[release] = version;
        confirmedAt[release] = at;
        if (!desired.Was(release, Now))
        {
            fail($"release {release} was confirmed although release {desired.Release} is the desired one");
        }
    }

    private void CheckRejection(RejectionTag rejection)
    {
        if (oracle.Rejections()
            .FirstOrDefault(other =>
            Oracle.Read(other.Through).CompareTo(Oracle.Read(rejection.Through)) > 0
            && Now - other.At > DesiredReleaseHistory.Grace) is { } higher)
        {
            fail($"the highest rejected release sank from {higher.Through} to {rejection.Through}");
        }

        if (rejection.By == "group")
        {
            if (!environment.Group.Refreshes.Any(
                refresh => refresh.Rollback is not null
                && environment.Template.Find(refresh.DesiredConfiguration!.Version) is { } version
                && Oracle.ReleaseOf(version) == rejection.From))
            {
                fail($"release {rejection.From} was rejected for the group, and no instance refresh of it was rolled back");
            }

            return;
        }

        if (rejection.By == "operator")
        {
            if (!record.Requested.ContainsKey(rejection.From))
            {
                fail($"release {rejection.From} was rejected for an operator, and no operator requested it");
            }

            return;
        }

        if (rejection.By == "alarm")
        {
            CheckAlarm(rejection);
            return;
        }

        FromFreshRecords($"release {rejection.From} was rolled back");
        if (confirmedAt.TryGetValue(rejection.From, out var since) && Now - since > DesiredReleaseHistory.Grace
            && !oracle.IsOverruled(rejection.From))
        {
            fail($"release {rejection.From} was rolled back although it had been confirmed at {since:HH:mm:ss}: {rejection.Reason}");
        }

        CheckEvidence(rejection);
        CheckFallback(rejection);
    }

    // It fired while an instance of the release was in service, and before anybody could read that it is confirmed.
    private void CheckAlarm(RejectionTag rejection)
    {
        var versions = environment.Template.Versions.Where(version => Oracle.ReleaseOf(version) == rejection.From)
            .Select(version => $"{version.Number}").ToList();
        if (!record.Alarms.Exists(at => versions.Exists(version => services.InServiceFor(TimeSpan.Zero, version, at).Any())))
        {
            fail($"release {rejection.From} was rolled back for an alarm, and none fired while it was in service");
        }

        if (confirmedAt.TryGetValue(rejection.From, out var since) && Now - since > DesiredReleaseHistory.Grace
            && !oracle.IsOverruled(rejection.From))
        {
            fail($"release {rejection.From} was rolled back for an alarm although it had been confirmed at {since:HH:mm:ss}");
        }

        CheckFallback(rejection);
    }

    // Invariant 6: the seed's own truth says that the release was at fault.
    private void CheckEvidence(RejectionTag rejection)
    {
        var made = environment.Template.Versions.Where(version => Oracle.ReleaseOf(version) == rejection.From).ToList();
        var first = launches.FirstOf(rejection.From) ?? Now;
        var isOverdue = Now - first >= DeploymentDeadline;
        if (record.AlwaysGood(rejection.From) && made.TrueForAll(version => environment.Images.Of(version).IsGood)
            && !isOverdue && !IsUnknownOutage(first))
        {
            fail($"release {rejection.From} was rolled back although its image is healthy: {rejection.Reason}");
        }

        var instances = environment.Group.Instances.Where(
            instance => Oracle.ReleaseOf(instance.Machine.Version) == rejection.From).Select(instance => instance.Id);
        if (FunctionRun.Current is { } run && run.ReportedNoAppOnly(instances)
            && !(isOverdue && launches.CountOf(rejection.From) >= MachinesThatCount)
            && !HasSilencedMachines(made))
        {
            fail($"release {rejection.From} was rolled back for an infrastructure failure: {rejection.Reason}");
        }
    }

    // Two machines that ran the app and then fell silent: one may have a bad host, the second has a bad app.
    private bool HasSilencedMachines(List<LaunchTemplateVersion> made) =>
        environment.StartedApps.Versions.Count(made.Contains) >= 2;

    // An outage cannot be told from a failure of the app unless a confirmed release was seen to suffer from it before, for
    // long enough that a sweep saw it too.
    private bool IsUnknownOutage(DateTimeOffset first) =>
        environment.Images.Outages.Any(outage => outage.Until >= first && !WasSeen(outage, first - DesiredReleaseHistory.Grace));

    private bool WasSeen(Outage outage, DateTimeOffset before)
    {
        var seen = record.OutagesSeen.Where(at => at >= outage.From && at < before && !(at <= closedAt)).ToList();
        return seen.Count > 0 && seen[^1] - seen[0] >= DesiredReleaseHistory.Grace;
    }

    private void CheckFallback(RejectionTag rejection)
    {
        var expected = oracle.FallbackOf(rejection.From, rejection);
        if (rejection.Fallback == expected)
        {
            return;
        }

        if (!oracle.HasChangedSince(Now - DesiredReleaseHistory.Grace, rejection))
        {
            fail($"release {rejection.From} was rolled back to {rejection.Fallback} and not to {expected ?? "none"}");
        }

        if (confirmedVersions.Keys.FirstOrDefault(
            release => release != rejection.From && rejection.Covers(release) && !WasRejected(release)) is { } lost
            && Oracle.Read(rejection.Fallback).Pipeline != Oracle.Read(rejection.From).Pipeline)
        {
            fail($"the rollback of release {rejection.From} to {rejection.Fallback} rejects the confirmed release {lost}");
        }

        if (oracle.ConfirmedAt(rejection.Fallback) is null)
        {
            fail($"release {rejection.From} was rolled back to {rejection.Fallback}, which was never confirmed");
        }

        if (oracle.Rejections()
            .FirstOrDefault(other => other.Covers(rejection.Fallback) && Now - other.At > DesiredReleaseHistory.Grace) is { } covering
            && !oracle.Rejections().Any(other => other != rejection && other.Fallback == rejection.Fallback))
        {
            fail($"release {rejection.From} was rolled back to {rejection.Fallback}, which was rejected with {covering.From}");
        }
    }

    // A deletion must not change what follows from the records.
    private void CheckDeleted()
    {
        if (oracle.DesiredRelease() is var next && next != desired.Release)
        {
            fail($"tags were deleted, and the desired release is {next} now and not {desired.Release}");
        }

        var rejected = ConfirmedAndRejected(oracle);
        if (covered.FirstOrDefault(release => !rejected.Contains(release) && oracle.Confirmed().ContainsKey(release)) is { } back)
        {
            fail($"tags were deleted, and release {back} is not rejected any more");
        }

        covered = rejected;
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
        var rejections = oracle.Rejections().ToList();
        return [.. oracle.Confirmed().Keys.Where(release => rejections.Exists(rejection => rejection.Covers(release)))];
    }

    private bool WasRejected(string release) =>
        oracle.Rejections().Any(rejection => rejection.From != release && rejection.Covers(release));
}
