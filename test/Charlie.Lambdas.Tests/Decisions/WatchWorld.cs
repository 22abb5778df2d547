using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>
/// A run of Lifecycle against an AWS that is anything: each read gives other states, versions and records, and each probe
/// any response. All of it is drawn from a seed.
/// </summary>
internal sealed class WatchWorld
{
    private const int MaxSteps = 5000;

    private static readonly string[] States =
        ["Pending", "Pending:Wait", "Pending:Wait", "Pending:Wait", "InService", "InService", "InService", "Terminating"];

    private static readonly Release[] Releases = [Release.Base, new(4, 1), new(5, 1), new(6, 1)];

    private readonly Random random;
    private readonly bool changes;
    private readonly DateTimeOffset launchedAt;
    private Records records;
    private Group group;

    public WatchWorld(int seed)
    {
        random = new Random(seed);
        changes = random.Next(3) > 0;
        launchedAt = Arbitrary.Noon.AddMinutes(-20 * random.Next(3));
        var versions = Releases[..random.Next(2, 5)].Select((release, index) => Arbitrary.Version(index + 1, release)).ToArray();
        records = new Records(
            [.. versions],
            [.. versions[..^(random.Next(4) > 0 ? 1 : 0)].Where(_ => random.Next(3) > 0)
                .Select(version => new Confirmation(version.Release, version.Number, Arbitrary.Noon.AddMinutes(-10)))],
            [],
            []);
        if (random.Next(3) == 0)
        {
            var since = Arbitrary.Noon.AddMinutes(-random.Next(40));
            records = records.With(
                new DownSince(random.Next(4) > 0 ? since : null, random.Next(2), random.Next(2) > 0 ? since : null));
        }

        if (random.Next(3) == 0)
        {
            records = records with { TagCount = 50 };
        }

        var (newest, count) = (versions.Length, random.Next(0, 4));
        group = new Group(
            "charlie", Math.Max(1, count), newest,
            [.. Enumerable.Range(1, count)
                .Select(number => new GroupInstance($"i-{number}", Draw(States), random.Next(4) > 0 ? newest : random.Next(1, 5)))]);
        Settings = new PolicySettings(
            false,
            random.Next(2) == 0 ? new Strategy.Replace() : new Strategy.Rolling(90, 100, TimeSpan.FromSeconds(60)),
            Arbitrary.Rules with
            {
                Successes = random.Next(1, 4),
                MachineDeadline = TimeSpan.FromSeconds(60),
                StartTime = TimeSpan.FromSeconds(10),
                BakeTime = TimeSpan.FromSeconds(20),
                DeploymentDeadline = TimeSpan.FromSeconds(900),
            });
    }

    public PolicySettings Settings { get; }

    public DateTimeOffset Now { get; private set; } = Arbitrary.Noon.AddSeconds(30);

    /// <summary>Each step with the state in which it was decided, the time and the number of the read that its records are from.</summary>
    public List<(WatchStep Step, WatchState State, DateTimeOffset At, int Read)> Steps { get; } = [];

    public RunResult Run(string? launchId, TimeSpan available)
    {
        var reads = 0;
        for (var state = new WatchState(launchId, Now, available); Steps.Count < MaxSteps;)
        {
            (state, var step) = WatchPolicy.Next(state, Settings, Now);
            Steps.Add((step, state, Now, reads));
            Now += TimeSpan.FromMilliseconds(20);
            switch (step)
            {
                case WatchStep.ReadAll:
                    reads++;
                    state = state with { LastSnapshot = Read(state.LastSnapshot, Now) };
                    break;
                case WatchStep.ReadGroup:
                    state = state with { LastSnapshot = Read(state.Snapshot, state.Snapshot.RecordsReadAt) };
                    break;
                case WatchStep.ReadRefresh:
                    state = state with { LastSnapshot = state.Snapshot with { IsRefreshRead = true } };
                    break;
                case WatchStep.ReadActivity:
                    state = state with { LastSnapshot = state.Snapshot with { LastActivity = new ScalingActivity("no capacity") } };
                    break;
                case WatchStep.Probe probe:
                    var probes = probe.Instances.Select(id =>
                        new ProbeResult(
                            id, Respond(state.Snapshot, state.Snapshot.Group.Instances.First(instance => instance.Id == id)), Now));
                    state = state with { LastSnapshot = state.Snapshot.After(probes.ToArray()) };
                    break;
                case WatchStep.Act act:
                    state = state with { LastSnapshot = Execute(act.Action, state.Snapshot) };
                    break;
                case WatchStep.Wait wait:
                    Now += wait.For;
                    break;
                case WatchStep.Stop stop:
                    return stop.Result;
            }
        }

        throw new InvalidOperationException($"The run has no end: {string.Join(", ", Steps[^20..].Select(step => step.Step))}");
    }

    private Snapshot Execute(AwsAction action, Snapshot snapshot)
    {
        // A rejection that EC2 has no room for finds other tags to delete; a run that cannot record who is down ends aloud.
        var succeeded = random.Next(8) > 0 || action is AwsAction.RecordDownSince
            || (action is AwsAction.Reject && Pruning.NextTags(snapshot.Records).IsEmpty);
        var after = snapshot.After(action, succeeded, Now);
        if (random.Next(2) > 0)
        {
            // The next read shows it.
            (records, group) = (after.Records, action switch
            {
                AwsAction.Admit admit when succeeded => Moved(admit.InstanceId, "Pending:Proceed"),
                AwsAction.Abandon abandon when succeeded => Moved(abandon.InstanceId, "Terminating"),
                AwsAction.Terminate terminate => Moved(terminate.InstanceId, "Terminating"),
                AwsAction.Pin pin => group with { Pin = pin.Version.Number },
                _ => group,
            });
        }

        return after;
    }

    private Snapshot Read(Snapshot? before, DateTimeOffset recordsReadAt)
    {
        if (recordsReadAt == Now && changes && random.Next(12) == 0 && records.Versions.Length < Releases.Length)
        {
            records = records.With(Arbitrary.Version(records.Versions.Length + 1, Releases[records.Versions.Length]));
        }

        foreach (var instance in group.Instances)
        {
            group = Moved(instance.Id, instance.LifecycleState switch
            {
                "Pending" when random.Next(3) == 0 => "Pending:Wait",
                "Pending:Proceed" when random.Next(3) == 0 => "InService",
                "InService" when changes && random.Next(40) == 0 => "Terminating",
                var same => same,
            });
        }

        var snapshot = new Snapshot(recordsReadAt, Now, recordsReadAt == Now ? records : before!.Records, group);
        var details = before?.Details ?? snapshot.Details;
        foreach (var instance in snapshot.ToProbe.Concat(snapshot.ToWatchOver)
            .Where(instance => !details.ContainsKey(instance.Id) && random.Next(4) > 0))
        {
            details = details.SetItem(instance.Id, new InstanceDetails(instance.Id, null, launchedAt, null));
        }

        return snapshot with
        {
            Details = details,
            Evidence = before?.Evidence ?? snapshot.Evidence,
            Done = before?.Done ?? [],
            LastActivity = before?.LastActivity,
        };
    }

    private ProbeResponse Respond(Snapshot snapshot, GroupInstance instance) => random.Next(20) switch
    {
        < 12 => new ProbeResponse.Healthy(snapshot.VersionOf(instance)?.Image ?? "no image", TimeSpan.FromSeconds(random.Next(60))),
        12 => Arbitrary.Unhealthy(TimeSpan.FromSeconds(random.Next(400)), TimeSpan.FromSeconds(400), random.Next(3), "exited with 1"),
        13 => new ProbeResponse.Preparing((BootPhase)random.Next(6)),
        14 => new ProbeResponse.Failed(OfMachine: true, "no image", BootPhase.Pull),
        15 => new ProbeResponse.Healthy("another image", TimeSpan.Zero),
        16 when changes => new ProbeResponse.Failed(OfMachine: true, "no disk"),
        17 when changes => new ProbeResponse.Failed(OfMachine: false, "exited with 1"),
        _ => new ProbeResponse.Silent("status 502"),
    };

    private Group Moved(string id, string state) => group with
    {
        Instances = [.. group.Instances.Select(instance => instance.Id == id ? instance with { LifecycleState = state } : instance)],
    };

    private string Draw(string[] of) => of[random.Next(of.Length)];
}
