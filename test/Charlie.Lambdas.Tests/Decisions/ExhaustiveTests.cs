using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>
/// Every combination of the small facts through target, converge and Refresh's decision, each held to what a decision
/// alone can break. Lifecycle's decision has its own: <see cref="LifecycleDecisionTests"/>.
/// </summary>
public sealed class ExhaustiveTests
{
    private static readonly DateTimeOffset Now = Arbitrary.Noon.AddHours(2);
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);
    private static readonly Release New = new(6, 1);

    private static readonly Strategy[] Strategies = [new Strategy.Replace(), new Strategy.Rolling(90, 100, TimeSpan.FromSeconds(60))];

    private static readonly string[] InstanceStates = ["Pending", "Pending:Wait", "Pending:Proceed", "InService", "Terminating", "Standby"];

    private static readonly string[] RefreshStates =
    [
        "none", "Pending", "InProgress", "Baking", "Cancelling", "RollbackInProgress", "Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed",
    ];

    [Fact]
    public void Whatever_is_seen_converge_does_only_what_leads_to_the_target_and_comes_to_an_end()
    {
        var (count, reached) = (0, new HashSet<string>());
        foreach (var (records, target) in AllRecords().Select(records => (records, Target.Of(records))))
        {
            CheckTarget(records, target);
            foreach (var group in AllGroups())
            {
                foreach (var strategy in Strategies)
                {
                    count++;
                    var plan = Convergence.Towards(target, records, group, strategy);
                    string What() => $"{strategy}: {plan} for {group} with {records.CountingFloor}";
                    Check(plan, target, records, group, strategy, What);
                    CheckFloor(InstanceRefresh.FloorOf(group, target, records, Now), target, records, group, What);
                    reached.Add($"{strategy.GetType().Name} pin={plan.Pin is not null} replace={!plan.Replace.IsEmpty} {plan.Refresh?.GetType().Name}");
                }
            }
        }

        Assert.True(count > 100_000);
        Assert.Equal(
            [
                "Replace pin=False replace=False ", "Replace pin=False replace=True ", "Replace pin=True replace=False ", "Replace pin=True replace=True ",
                "Rolling pin=False replace=False ", "Rolling pin=False replace=False Cancel", "Rolling pin=False replace=False RollBack",
                "Rolling pin=False replace=False Start", "Rolling pin=True replace=False ", "Rolling pin=True replace=False Start",
            ],
            reached.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whatever_is_asked_for_becomes_the_target_or_changes_nothing()
    {
        var reached = new HashSet<Type>();
        foreach (var records in AllRecords())
        {
            var target = Target.Of(records);
            foreach (var release in (Release[])[new(3, 9), Old, Its, New, new(7, 1)])
            {
                foreach (var image in new[] { Arbitrary.Image(release), "another" })
                {
                    var push = new Push(release, image, new string('a', 40), "https://gitlab.com/example/charlie/-/pipelines/1", 4242, Now);
                    var decision = RefreshDecision.Decide(push, records);
                    reached.Add(decision.GetType());
                    CheckPush(decision, push, records, target);
                }

                foreach (var to in (Release?[])[null, Release.Base, Old, Its, new(3, 9)])
                {
                    var decision = RefreshDecision.Decide(new RollbackRequest(release, to, "complaints", Now), records, Now);
                    reached.Add(decision.GetType());
                    CheckRollback(decision, release, to, records, target);
                }
            }
        }

        Assert.Equal(typeof(RefreshDecision).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).ToHashSet(), reached);
    }

    private static void CheckTarget(Records records, Target target)
    {
        Assert.Equal(target.Release, target.Version?.Release ?? target.Release);
        Assert.False(records.CountingFloor?.Rejects(target.Release) ?? false);
        Assert.True(records.Confirmation(target.Release) is not { } mark || target.Version?.Number == mark.Version);
        Assert.DoesNotContain(records.Versions, version => version.Release > target.Release && !(records.CountingFloor?.Rejected >= version.Release));
    }

    private static void Check(Convergence plan, Target target, Records records, Group group, Strategy strategy, Func<string> what)
    {
        Hold(plan.Pin is null || plan.Pin == target.Version, what);
        Hold(plan.Refresh is not RefreshStep.Start start || start.Version == target.Version, what);
        Hold(plan.Replace.IsEmpty || strategy is Strategy.Replace, what);
        Hold(plan.Refresh is null || strategy is Strategy.Rolling, what);
        foreach (var instance in group.Instances.Where(instance => plan.Replace.Contains(instance.Id)))
        {
            Hold(instance.LifecycleState == "InService" && records.Version(instance.Version)?.Release is { } its && its != target.Release, what);
        }

        var rolling = strategy is Strategy.Rolling;
        var runs = rolling && group.Refresh is { Status: "Pending" or "InProgress" or "Baking" or "Cancelling" or "RollbackInProgress" };
        Hold(!runs || (plan.Pin is null && plan.Refresh is not RefreshStep.Start), what);
        Hold(runs || plan.Refresh is not (RefreshStep.Cancel or RefreshStep.RollBack), what);
        Hold(plan.Refresh is not RefreshStep.Start { AutoRollback: true } || plan.Pin is null, what);

        // Carried out, and what AWS then makes of it, it leads to a group that is left alone and runs nothing else.
        var after = group;
        for (var steps = 0; !plan.IsDone; steps++)
        {
            Hold(steps < 4, what);
            after = CarriedOut(plan, after);
            plan = Convergence.Towards(target, records, after, strategy);
        }

        var kept = after.Instances.Where(instance => instance.IsInService && records.Version(instance.Version) is { } its && its.Release != target.Release);
        Hold(!kept.Any() || target.Version is null || runs || (!rolling && after.Instances.Any(instance => instance.IsOnItsWay)), what);
    }

    private static Group CarriedOut(Convergence plan, Group group)
    {
        var pin = plan.Pin?.Number ?? group.Pin;
        var next = group with { Pin = pin, Instances = [.. group.Instances.Where(instance => !plan.Replace.Contains(instance.Id))] };
        return plan.Refresh switch
        {
            RefreshStep.Cancel cancel => next with { Refresh = cancel.Refresh with { Status = "Cancelled" } },
            RefreshStep.RollBack back => next with
            {
                Refresh = back.Refresh with { Status = "RollbackSuccessful" },
                Instances = [.. next.Instances.Select(instance => instance with { Version = pin })],
            },
            RefreshStep.Start start => next with
            {
                Pin = start.Version.Number,
                Refresh = new InstanceRefresh("r-2", "Successful", start.Version.Number, Now, null),
                Instances = [.. next.Instances.Select(instance => instance with { Version = start.Version.Number })],
            },
            _ => next,
        };
    }

    private static void CheckFloor(Floor? floor, Target target, Records records, Group group, Func<string> what)
    {
        if (floor is not null)
        {
            Hold(group.Refresh!.Status.StartsWith("Rollback", StringComparison.Ordinal) && records.Version(group.Refresh.Version)?.Release == target.Release, what);
            CheckRaised(floor, target.Release, records, what);
        }
    }

    private static void CheckPush(RefreshDecision decision, Push push, Records records, Target target)
    {
        var known = records.Versions.SingleOrDefault(version => version.Release == push.Release);
        switch (decision)
        {
            case RefreshDecision.CreateVersion create:
                Assert.True(known is null && create.BaseVersion.IsBase);
                Assert.True(push.Release > target.Release && !(records.CountingFloor?.Rejects(push.Release) ?? false));
                Assert.Equal(push.Release, Target.Of(records.With(Arbitrary.Version(9, push.Release))).Release);
                break;
            case RefreshDecision.Converge:
                Assert.True(known?.Image == push.Image && push.Release == target.Release);
                break;
            case RefreshDecision.LeaveStale:
                Assert.True(push.Release < target.Release || records.CountingFloor!.Rejects(push.Release));
                break;
            case RefreshDecision.Reject:
                Assert.True(records.NewestBase is null || known?.Image != push.Image);
                break;
            default:
                Assert.Fail($"a push is answered by {decision}");
                break;
        }
    }

    private static void CheckRollback(RefreshDecision decision, Release from, Release? to, Records records, Target target)
    {
        switch (decision)
        {
            case RefreshDecision.RaiseFloor raise:
                Assert.Equal(target.Release, from);
                Assert.True(raise.Floor.GoBackTo == to || (to is null && records.IsConfirmed(raise.Floor.GoBackTo)));
                CheckRaised(raise.Floor, from, records, () => $"{raise}");
                break;
            case RefreshDecision.Reject:
                Assert.True(from == target.Release && (to is { } named ? named >= from || !records.HasVersion(named) : records.GoBackFrom(from) is null));
                break;
            case RefreshDecision.LeaveStale:
                Assert.True(from != target.Release || records.NewestFloorAt >= Now);
                break;
            default:
                Assert.Fail($"a rollback request is answered by {decision}");
                break;
        }
    }

    private static void CheckRaised(Floor floor, Release from, Records records, Func<string> what)
    {
        var after = records.With(floor);
        Hold(floor.From == from && floor.Rejects(from), what);
        Assert.Equal(floor.GoBackTo, Target.Of(after).Release);
        Hold(after.CountingFloor!.Rejected >= (records.CountingFloor?.Rejected ?? from), what);
        // Nothing that was rejected is let in again, but what is gone back to.
        Assert.DoesNotContain(
            records.Versions,
            version => (records.CountingFloor?.Rejects(version.Release) ?? false) && version.Release != floor.GoBackTo
                && version.Release > floor.GoBackTo && !after.CountingFloor.Rejects(version.Release));
    }

    // Of millions of checks only a broken one is put in words.
    private static void Hold(bool kept, Func<string> what)
    {
        if (!kept)
        {
            Assert.Fail(what());
        }
    }

    private static IEnumerable<Records> AllRecords() =>
        from bases in new[] { true, false }
        from newer in new[] { false, true }
        from oldConfirmed in new[] { false, true }
        from itsConfirmed in new[] { false, true }
        from newConfirmed in new[] { false, true }
        from floor in new Floor?[] { null, Raised(Its, Old, -60), Raised(New, Its, -60), Raised(New, Old, -60), Raised(Its, Release.Base, 60) }
        where bases || !newer
        select new Records(
            [
                .. bases ? new[] { Arbitrary.Version(1, Release.Base) } : [],
                Arbitrary.Version(2, Old),
                Arbitrary.Version(3, Its),
                .. newer ? new[] { Arbitrary.Version(4, New) } : [],
            ],
            [
                .. oldConfirmed ? new[] { new ConfirmedMark(Old, 2, Arbitrary.Noon) } : [],
                .. itsConfirmed ? new[] { new ConfirmedMark(Its, 3, Arbitrary.Noon) } : [],
                .. newConfirmed && newer ? new[] { new ConfirmedMark(New, 4, Arbitrary.Noon) } : [],
            ],
            floor is null ? [] : [floor],
            []);

    private static IEnumerable<Group> AllGroups() =>
        from pin in new long?[] { 1, 2, 3, 4 }
        from state in InstanceStates
        from version in new long?[] { null, 1, 2, 3, 4, 77 }
        from other in new GroupInstance?[] { null, new("i-2", "InService", 2), new("i-2", "Pending:Wait", 3) }
        from refresh in RefreshStates
        from refreshed in refresh == "none" ? new long?[] { null } : [null, 2, 3, 4]
        select new Group("charlie", 1, pin, other is null ? [new("i-1", state, version)] : [new("i-1", state, version), other])
        {
            Refresh = refresh == "none" ? null : new InstanceRefresh("r-1", refresh, refreshed, Now.AddMinutes(-5), null),
        };

    private static Floor Raised(Release rejected, Release goBackTo, int seconds) =>
        new(rejected, goBackTo, rejected, Now.AddSeconds(seconds), "charlie: app: exited with 1");
}
