using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Converge over any records and groups.</summary>
public sealed class ConvergenceTests
{
    [Fact]
    public void Without_replacing_only_what_moves_no_instance_is_left()
    {
        var (version, refresh) = (Arbitrary.Version(3, new Release(5, 1)), new InstanceRefresh("r", "InProgress", 2, Arbitrary.Noon, null));
        var start = new RefreshStep.Start(version, new Strategy.Rolling(90, 100, TimeSpan.FromSeconds(60)), AutoRollback: true);
        var cancel = new RefreshStep.Cancel(refresh);
        Assert.Equal(new Convergence(version, [], cancel), new Convergence(version, [], cancel).WithoutReplacing());
        Assert.Null(new Convergence(null, [], start).WithoutReplacing().Refresh);
        Assert.Equal((version, true), (new Convergence(version, ["i-1"]).WithoutReplacing().Pin, new Convergence(version, ["i-1"]).WithoutReplacing().Replace.IsEmpty));
    }

    private static readonly Strategy Replace = new Strategy.Replace();
    private static readonly Strategy Rolling = new Strategy.Rolling(90, 100, TimeSpan.FromSeconds(60));

    private static readonly string[] RefreshStates =
    [
        "Pending", "InProgress", "Baking", "Cancelling", "RollbackInProgress", "Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed",
    ];

    private static readonly string[] States =
        ["Pending", "Pending:Wait", "Pending:Proceed", "InService", "Terminating", "Terminating:Wait", "Standby"];

    private static readonly Gen<Group> Groups =
        Gen.Select(
            Gen.Long[1, 9].Nullable(),
            Gen.Select(
                Gen.Int[0, States.Length - 1].Select(index => States[index]),
                Gen.Long[1, 9].Nullable()).Array[0, 4])
        .Select((pin, instances) => new Group(
            "charlie", 1, pin, [.. instances.Select((instance, index) => new GroupInstance($"i-{index}", instance.Item1, instance.Item2))]));

    private static readonly Gen<InstanceRefresh?> Refreshes =
        Gen.Select(Gen.Int[-1, RefreshStates.Length - 1], Gen.Long[1, 9].Nullable(), Gen.Int[-60, 7200])
            .Select((state, version, seconds) => state < 0 ? null : new InstanceRefresh("r-1", RefreshStates[state], version, Arbitrary.Noon.AddSeconds(seconds), "it failed"));

    [Fact]
    public void It_pins_the_target_and_replaces_only_what_serves_another_release_while_nothing_is_on_its_way() =>
        Gen.Select(Arbitrary.Records, Groups).Sample((records, group) =>
        {
            var target = Target.Of(records);
            var plan = Convergence.Towards(target, records, group, Replace);
            if (target.Version is null)
            {
                Assert.True(plan.IsDone);
                return;
            }

            Assert.Equal(target.Version.Number, plan.Pin?.Number ?? group.Pin);
            var onItsWay = group.Instances.Any(instance => instance.LifecycleState.StartsWith("Pending", StringComparison.Ordinal));
            Assert.All(group.Instances, instance =>
            {
                var release = records.Versions.SingleOrDefault(version => version.Number == instance.Version)?.Release;
                var wrong = instance.LifecycleState == "InService" && release is not null && release != target.Release;
                Assert.Equal(wrong && !onItsWay, plan.Replace.Contains(instance.Id));
            });
        });

    [Fact]
    public void Done_once_it_is_done() =>
        Gen.Select(Arbitrary.Records, Groups).Sample((records, group) =>
        {
            var target = Target.Of(records);
            var plan = Convergence.Towards(target, records, group, Replace);
            var after = group with
            {
                Pin = plan.Pin?.Number ?? group.Pin,
                Instances = [.. group.Instances.Where(instance => !plan.Replace.Contains(instance.Id))],
            };
            Assert.True(Convergence.Towards(target, records, after, Replace).IsDone);
        });

    [Fact]
    public void A_rolling_group_is_refreshed_towards_the_target_and_what_was_never_confirmed_is_not_pinned_while_it_has_others() =>
        Gen.Select(Arbitrary.Records, Groups, Refreshes).Sample((records, seen, refresh) =>
        {
            var (group, target) = (seen with { Refresh = refresh }, Target.Of(records));
            var plan = Convergence.Towards(target, records, group, Rolling);
            Assert.Empty(plan.Replace);
            if (target.Version is not { } version)
            {
                Assert.True(plan.IsDone);
                return;
            }

            var others = group.Instances.Any(instance =>
                (instance.LifecycleState == "InService" || instance.LifecycleState.StartsWith("Pending", StringComparison.Ordinal))
                && Release(instance.Version) is { } its && its != target.Release);
            switch (refresh?.Status)
            {
                case "Cancelling":
                    Assert.True(plan.IsDone);
                    break;
                case "Pending" or "InProgress" or "Baking" or "RollbackInProgress":
                    var leads = Release(refresh.Status == "RollbackInProgress" ? group.Pin : refresh.Version ?? group.Pin);
                    Assert.Null(plan.Pin);
                    Assert.Equal(leads is not null && leads != target.Release, plan.Refresh is RefreshStep.Cancel or RefreshStep.RollBack);
                    // A rollback leads to the pin and nowhere else, and is asked for once.
                    Assert.True(plan.Refresh is not RefreshStep.RollBack || (group.Pin == version.Number && refresh.Status != "RollbackInProgress"));
                    break;
                default:
                    Assert.Equal(others, plan.Refresh is RefreshStep.Start start && start.Version == version);
                    Assert.True(plan.Pin is null || !others || records.IsConfirmed(target.Release));
                    Assert.True(others || (plan.Pin?.Number ?? group.Pin) == version.Number);
                    break;
            }

            Release? Release(long? number) => records.Versions.SingleOrDefault(candidate => candidate.Number == number)?.Release;
        });

    [Fact]
    public void What_the_group_rolled_back_itself_is_rejected_once_and_not_when_it_was_asked_back() =>
        Gen.Select(Arbitrary.Records, Groups, Refreshes).Sample((records, seen, refresh) =>
        {
            var (group, target) = (seen with { Refresh = refresh }, Target.Of(records));
            if (InstanceRefresh.FloorOf(group, target, records, Arbitrary.Noon.AddHours(3)) is not { } floor)
            {
                return;
            }

            Assert.StartsWith("Rollback", refresh!.Status, StringComparison.Ordinal);
            Assert.True(floor.Rejects(target.Release) && floor.From == target.Release && !records.IsConfirmed(target.Release));
            var (after, back) = (records.With(floor), Target.Of(records.With(floor)));
            Assert.True(records.IsConfirmed(back.Release) && back.Release == floor.GoBackTo);
            Assert.Null(InstanceRefresh.FloorOf(group, back, after, Arbitrary.Noon.AddHours(4)));
            var asked = records.With(floor with { GoBackTo = target.Release, Rejected = new Release(9, 9), At = refresh.StartedAt.AddSeconds(1) });
            Assert.Equal(target.Release, Target.Of(asked).Release);
            Assert.Null(InstanceRefresh.FloorOf(group, Target.Of(asked), asked, Arbitrary.Noon.AddHours(4)));
        }, iter: 20_000);
}
