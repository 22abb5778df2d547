using Charlie.Lambdas.Decisions;
using static Charlie.Lambdas.Tests.Decisions.SmallRecords;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Every request over every combination of small facts, until the run is done.</summary>
public sealed class RefreshPolicyExhaustiveTests
{
    private static readonly PolicySettings[] AllSettings =
    [
        new(false, new Strategy.Replace(), Arbitrary.Rules),
        new(false, new Strategy.Rolling(90, 100, TimeSpan.FromSeconds(60)), Arbitrary.Rules),
    ];

    private static readonly Group[] Groups =
    [
        new("charlie", 1, 3, [new GroupInstance("i-1", "InService", 3)]),
        new("charlie", 1, 2, [new GroupInstance("i-1", "InService", 2), new GroupInstance("i-2", "InService", 3)]),
        new("charlie", 1, 4, [new GroupInstance("i-1", "Pending:Wait", 4)]),
        new("charlie", 1, 3, []),
        new("charlie", 1, 3, [new GroupInstance("i-1", "InService", 3)]) { Traits = GroupTraits.Plain with { HasWarmPool = true } },
        new("charlie", 1, 2, [new GroupInstance("i-1", "InService", 2)])
        {
            Refresh = new InstanceRefresh("r-1", "InProgress", 3, Now.AddMinutes(-5), null),
        },
        new("charlie", 1, 2, [new GroupInstance("i-1", "InService", 2)])
        {
            Refresh = new InstanceRefresh("r-1", "RollbackSuccessful", 3, Now.AddMinutes(-5), "it failed"),
        },
        new("charlie", 1, 2, [new GroupInstance("i-1", "InService", 3)])
        {
            Refresh = new InstanceRefresh("r-1", "RollbackInProgress", 3, Now.AddMinutes(-5), "it failed"),
            Traits = GroupTraits.Plain with { Suspended = ["Launch"] },
        },
    ];

    [Fact]
    public void A_push_becomes_the_desired_release_or_changes_nothing()
    {
        var reached = new HashSet<Type>();
        foreach (var (first, settings) in All().SelectMany(records => Starts(records)))
        {
            foreach (var release in (Release[])[new(3, 9), Old, Its, New, new(7, 1)])
            {
                foreach (var image in new[] { Arbitrary.Image(release), "another" })
                {
                    var push = Arbitrary.Push(release, Now) with { Image = image };
                    if (Run(push, first, settings) is { } run)
                    {
                        reached.Add(run.Result.GetType());
                        CheckPush(run, push, first);
                    }
                }
            }
        }

        Assert.Equal(
            [
                typeof(RunResult.AlreadyCurrent), typeof(RunResult.Refused), typeof(RunResult.Rejected), typeof(RunResult.StalePush),
                typeof(RunResult.Started),
            ],
            reached.OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void A_rollback_makes_its_fallback_desired_or_changes_nothing()
    {
        var reached = new HashSet<Type>();
        foreach (var (first, settings) in All().SelectMany(records => Starts(records)))
        {
            foreach (var from in (Release[])[new(3, 9), Old, Its, New, new(7, 1)])
            {
                foreach (var to in (Release?[])[null, Release.Base, Old, Its, new(3, 9)])
                {
                    if (Run(new Rollback(from, to, "complaints", Now), first, settings) is { } run)
                    {
                        reached.Add(run.Result.GetType());
                        CheckRollback(run, from, to, first);
                    }
                }
            }
        }

        Assert.Equal(
            [
                typeof(RunResult.AlreadyCurrent), typeof(RunResult.Refused), typeof(RunResult.Rejected), typeof(RunResult.StaleRequest),
                typeof(RunResult.Started),
            ],
            reached.OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void A_sweep_rejects_only_what_the_group_rolled_back()
    {
        var reached = new HashSet<Type>();
        foreach (var (first, settings) in All().SelectMany(records => Starts(records)))
        {
            foreach (var now in new[] { Now, Now.AddMinutes(1) })
            {
                if (Run(new Sweep("the scheduled check found the group out of sync"), first, settings, now) is { } run)
                {
                    reached.Add(run.Result.GetType());
                    CheckSweep(run, first, now);
                }
            }
        }

        Assert.Equal(
            [
                typeof(RunResult.AlreadyCurrent), typeof(RunResult.NothingToDo), typeof(RunResult.Refused), typeof(RunResult.Started),
            ],
            reached.OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    private static IEnumerable<(Snapshot First, PolicySettings Settings)> Starts(Records records) =>
        from settings in AllSettings
        from @group in Groups
        where settings.Strategy is Strategy.Rolling || @group.Refresh is null
        select (Arbitrary.Snapshot(records, @group), settings);

    // Null: the desired release has no version any more, which only a new push mends.
    private static RefreshRun? Run(RefreshRequest request, Snapshot first, PolicySettings settings, DateTimeOffset? at = null)
    {
        RefreshRun run;
        try
        {
            run = RefreshRun.Of(request, first, settings, at ?? Now);
        }
        catch (InvalidOperationException error) when (
            error.Message.Contains("has no launch template version any more", StringComparison.Ordinal))
        {
            return null;
        }

        string What() => $"{request}: {string.Join(", ", run.Steps)} for {first.Group} with {first.Records.EffectiveRejection}";
        var actions = run.Actions.ToList();
        Hold(actions.Distinct().Count() == actions.Count, What);
        var violated = GroupPreconditions.Violation(first.Group, settings.Singleton, settings.Strategy) is not null;
        Hold(!violated || actions.TrueForAll(IsRecord), What);
        Hold(run.Result is not RunResult.Refused || violated, What);
        Hold((run.Result is RunResult.Started) == actions.Exists(IsReconciling), What);
        Hold(
            run.Result is not (RunResult.StalePush or RunResult.StaleRequest or RunResult.Rejected or RunResult.Refused)
            || actions.TrueForAll(IsRecord),
            What);
        if (run.Result is RunResult.Started started)
        {
            Hold(started.Version == run.Last.Desired.Version && started.Done == run.Last.Done, What);
            Hold(started.PreviousImage == first.Records.Version(first.Group.Pin)?.Image, What);
        }

        // What is done already is not done again.
        Hold(run.Result is not (RunResult.Started or RunResult.AlreadyCurrent)
            || ReconcilePlan.Next(run.Last, settings.Strategy) is null, What);
        return run;
    }

    // What is written also for a group that must not be changed: that its refresh failed, a rollback, and a push.
    private static bool IsRecord(AwsAction action) =>
        action is AwsAction.Reject { Rejection.By: RejectedBy.Group or RejectedBy.Operator } or AwsAction.CreateVersion;

    private static bool IsReconciling(AwsAction action) =>
        action is AwsAction.Pin or AwsAction.Terminate or AwsAction.StartRefresh or AwsAction.CancelRefresh or AwsAction.RollBackRefresh;

    private static void CheckPush(RefreshRun run, Push push, Snapshot first)
    {
        var (records, desired) = (first.Records, first.Desired);
        var known = records.Versions.SingleOrDefault(version => version.Release == push.Release);
        var created = run.Actions.OfType<AwsAction.CreateVersion>().SingleOrDefault();
        Assert.True(created is null || run.Actions.First() == created);
        Assert.Empty(run.Actions.OfType<AwsAction.Reject>());
        switch (run.Result)
        {
            case RunResult.Started or RunResult.AlreadyCurrent when created is not null:
                Assert.True(known is null && created.BaseVersion.IsBase && created.Push == push);
                Assert.True(push.Release > desired.Release && !(records.EffectiveRejection?.Covers(push.Release) ?? false));
                Assert.Equal(push.Release, run.Last.Desired.Release);
                Assert.Equal("a new image was pushed", (run.Result as RunResult.Started)?.Reason ?? "a new image was pushed");
                break;
            case RunResult.Started or RunResult.AlreadyCurrent:
                Assert.True(known?.Image == push.Image && push.Release == desired.Release);
                Assert.Equal("its event was delivered again", (run.Result as RunResult.Started)?.Reason ?? "its event was delivered again");
                break;
            case RunResult.StalePush stale:
                Assert.True(push.Release < desired.Release || records.EffectiveRejection!.Covers(push.Release));
                Assert.Equal(records.IsRecorded(push.Release), stale.IsDuplicate);
                Assert.True(known is null || known.Image == push.Image);
                Assert.Equal(push, stale.Push);
                break;
            case RunResult.Rejected rejected:
                Assert.True(records.NewestBase is null || (known is not null && known.Image != push.Image));
                Assert.Equal((push, $"release {push.Release}"), (rejected.Push, rejected.Request));
                break;
            case RunResult.Refused refused:
                Assert.Equal(push.Release, refused.Release);
                Assert.True(push.Release > desired.Release || (push.Release == desired.Release && known?.Image == push.Image));
                Assert.Equal(push.Release, run.Last.Desired.Release);
                Assert.Equal(known is null, created is not null);
                break;
            default:
                Assert.Fail($"a push comes to {run.Result}");
                break;
        }
    }

    private static void CheckRollback(RefreshRun run, Release from, Release? to, Snapshot first)
    {
        var (records, desired) = (first.Records, first.Desired);
        var reject = run.Actions.OfType<AwsAction.Reject>().SingleOrDefault();
        Assert.True(reject is null || run.Actions.First() == reject);
        switch (run.Result)
        {
            case RunResult.Started or RunResult.AlreadyCurrent or RunResult.Refused when reject is not null:
                var rejection = reject.Rejection;
                Assert.Equal((desired.Release, RejectedBy.Operator, "complaints", Now),
                    (from, rejection.By, rejection.Reason, rejection.At));
                Assert.True(rejection.Fallback == to || (to is null && records.IsConfirmed(rejection.Fallback)));
                CheckRejection(rejection, from, records, () => $"{rejection}");
                Assert.StartsWith(
                    $"an operator rolled release {from} back (complaints)",
                    run.Result switch
                    {
                        RunResult.Started started => started.Reason,
                        RunResult.AlreadyCurrent current => current.Note,
                        _ => $"an operator rolled release {from} back (complaints)",
                    },
                    StringComparison.Ordinal);
                break;
            case RunResult.Rejected:
                Assert.True(from == desired.Release
                    && (to is { } named ? named >= from || !records.HasVersion(named) : records.FallbackOf(from) is null));
                break;
            case RunResult.StaleRequest:
                Assert.True(from != desired.Release || records.NewestRejectionAt >= Now);
                break;
            default:
                Assert.Fail($"a rollback comes to {run.Result}");
                break;
        }
    }

    private static void CheckSweep(RefreshRun run, Snapshot first, DateTimeOffset now)
    {
        var followed = InstanceRefresh.RejectionOf(first.Group, first.Desired, first.Records, now);
        Assert.Equal(followed is null ? [] : [new AwsAction.Reject(followed)], run.Actions.OfType<AwsAction.Reject>());
        Assert.True(followed is null || run.Actions.First() is AwsAction.Reject);
        Assert.Empty(run.Actions.OfType<AwsAction.CreateVersion>());
        if (run.Result is RunResult.Started started)
        {
            Assert.Equal(
                followed is null ? "the scheduled check found the group out of sync" : $"the group rolled release {followed.From} back",
                started.Reason);
        }

        // What nobody asked for is notified four times an hour, and not by each sweep.
        Assert.True(run.Result is not RunResult.Refused || now == Now || followed is not null);
    }
}
