using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The plan over any records and groups.</summary>
public sealed class ReconcilePlanTests
{
    private static readonly Strategy Replace = new Strategy.Replace();
    private static readonly Strategy.Rolling Rolling = new(90, 100, TimeSpan.FromSeconds(60));

    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);

    private static readonly Records Unconfirmed =
        new([Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)],
            [new Confirmation(Old, 2, Arbitrary.Noon)], [], []);

    private static readonly Group Serving = new("charlie", 1, 2, [new GroupInstance("i-1", "InService", 2)]);

    [Fact]
    public void Replace_pins_and_then_terminates_one_instance_after_the_other()
    {
        var group = Serving with { Instances = [new GroupInstance("i-1", "InService", 2), new GroupInstance("i-2", "InService", 1)] };
        Assert.Equal(
            [
                new AwsAction.Pin(Unconfirmed.Version(3)!),
                new AwsAction.Terminate("i-1", Its),
                new AwsAction.Terminate("i-2", Its),
            ],
            Plan(Unconfirmed, group, Replace));
    }

    [Fact]
    public void Rolling_starts_a_refresh_that_rolls_back_by_itself_and_leaves_the_pin() =>
        Assert.Equal(
            [new AwsAction.StartRefresh(Unconfirmed.Version(3)!, Rolling, AutoRollback: true)], Plan(Unconfirmed, Serving, Rolling));

    [Fact]
    public void Rolling_of_a_confirmed_release_pins_it_first_and_never_rolls_back()
    {
        var version = Unconfirmed.Version(3)!;
        Assert.Equal(
            [new AwsAction.Pin(version), new AwsAction.StartRefresh(version, Rolling, AutoRollback: false)],
            Plan(Unconfirmed.With(new Confirmation(Its, 3, Arbitrary.Noon)), Serving, Rolling));
    }

    [Theory]
    [InlineData("InProgress", 3L, 2L, typeof(AwsAction.RollBackRefresh))]
    [InlineData("Baking", 3L, 2L, typeof(AwsAction.RollBackRefresh))]
    [InlineData("Pending", 3L, 2L, typeof(AwsAction.CancelRefresh))]
    [InlineData("InProgress", 3L, 1L, typeof(AwsAction.CancelRefresh))]
    [InlineData("InProgress", null, 1L, typeof(AwsAction.CancelRefresh))]
    [InlineData("RollbackInProgress", 3L, 1L, typeof(AwsAction.CancelRefresh))]
    [InlineData("RollbackInProgress", 3L, 2L, null)]
    [InlineData("Cancelling", 3L, 2L, null)]
    [InlineData("InProgress", 2L, 1L, null)]
    [InlineData("InProgress", 77L, 1L, null)]
    public void Rolling_redirects_an_active_refresh_towards_another_release(string status, long? version, long pin, Type? action)
    {
        var rejected = Unconfirmed.With(Arbitrary.Rejection(Its, Old, Arbitrary.Noon));
        var refresh = new InstanceRefresh("r-1", status, version, Arbitrary.Noon, null);
        var actions = Plan(rejected, Serving with { Pin = pin, Refresh = refresh }, Rolling);
        Assert.Equal(action is null ? [] : [action], actions.Select(one => one.GetType()));
        Assert.All(actions, one => Assert.Equal((refresh, Old), one switch
        {
            AwsAction.CancelRefresh cancel => (cancel.Refresh, cancel.For),
            AwsAction.RollBackRefresh back => (back.Refresh, back.For),
            _ => default,
        }));
    }

    [Fact]
    public void After_a_refresh_call_leaves_the_rest_to_the_next_run()
    {
        var rejected = Unconfirmed.With(Arbitrary.Rejection(Its, Old, Arbitrary.Noon));
        var refresh = new InstanceRefresh("r-1", "InProgress", 3, Arbitrary.Noon, null);
        var snapshot = Arbitrary.Snapshot(rejected, Serving with { Refresh = refresh });
        var failed = snapshot.After(ReconcilePlan.Next(snapshot, Rolling)!, false, Arbitrary.Noon);
        Assert.Null(ReconcilePlan.Next(failed, Rolling));
        var started = Arbitrary.Snapshot(Unconfirmed, Serving);
        Assert.Null(ReconcilePlan.Next(started.After(ReconcilePlan.Next(started, Rolling)!, false, Arbitrary.Noon), Rolling));
    }

    [Fact]
    public void Without_replacing_neither_terminates_nor_starts_a_refresh()
    {
        var pinned = Serving with { Pin = 3 };
        Assert.IsType<AwsAction.Terminate>(ReconcilePlan.Next(Arbitrary.Snapshot(Unconfirmed, pinned), Replace));
        Assert.Null(ReconcilePlan.NextWithoutReplacing(Arbitrary.Snapshot(Unconfirmed, pinned), Replace));
        Assert.Equal(
            new AwsAction.Pin(Unconfirmed.Version(3)!),
                ReconcilePlan.NextWithoutReplacing(Arbitrary.Snapshot(Unconfirmed, Serving), Replace));
        Assert.Null(ReconcilePlan.NextWithoutReplacing(Arbitrary.Snapshot(Unconfirmed, Serving), Rolling));
        var cancel = Serving with { Pin = 1, Refresh = new InstanceRefresh("r-1", "InProgress", 2, Arbitrary.Noon, null) };
        Assert.IsType<AwsAction.CancelRefresh>(ReconcilePlan.NextWithoutReplacing(Arbitrary.Snapshot(Unconfirmed, cancel), Rolling));
    }

    [Fact]
    public void Replace_terminates_only_what_serves_another_release_while_nothing_is_pending() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Groups).Each((records, group) =>
        {
            var desired = DesiredRelease.Of(records);
            var actions = Plan(records, group, Replace);
            if (desired.Version is null)
            {
                Assert.Empty(actions);
                return;
            }

            Assert.Equal(desired.Version.Number, actions.OfType<AwsAction.Pin>().SingleOrDefault()?.Version.Number ?? group.Pin);
            var pending = group.Instances.Any(instance => instance.LifecycleState.StartsWith("Pending", StringComparison.Ordinal));
            var terminated = actions.OfType<AwsAction.Terminate>().Select(action => action.InstanceId).ToArray();
            Assert.All(group.Instances, instance =>
            {
                var release = records.Versions.SingleOrDefault(version => version.Number == instance.Version)?.Release;
                var wrong = instance.LifecycleState == "InService" && release is not null && release != desired.Release;
                Assert.Equal(wrong && !pending, terminated.Contains(instance.Id));
            });
        });

    [Fact]
    public void Replace_has_nothing_left_to_do_after_its_actions() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Groups).Each((records, group) =>
        {
            var actions = Plan(records, group, Replace);
            var terminated = actions.OfType<AwsAction.Terminate>().Select(action => action.InstanceId).ToHashSet();
            var after = group with
            {
                Pin = actions.OfType<AwsAction.Pin>().SingleOrDefault()?.Version.Number ?? group.Pin,
                Instances = [.. group.Instances.Where(instance => !terminated.Contains(instance.Id))],
            };
            Assert.Empty(Plan(records, after, Replace));
        });

    [Fact]
    public void Rolling_does_not_pin_an_unconfirmed_release_while_others_run() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Groups, Arbitrary.Refreshes).Each((records, read, refresh) =>
        {
            var (group, desired) = (read with { Refresh = refresh }, DesiredRelease.Of(records));
            var actions = Plan(records, group, Rolling);
            var pin = actions.OfType<AwsAction.Pin>().SingleOrDefault()?.Version;
            Assert.Empty(actions.OfType<AwsAction.Terminate>());
            if (desired.Version is not { } version)
            {
                Assert.Empty(actions);
                return;
            }

            var others = group.Instances.Any(instance =>
                (instance.LifecycleState == "InService" || instance.LifecycleState.StartsWith("Pending", StringComparison.Ordinal))
                && ReleaseOf(instance.Version) is { } its && its != desired.Release);
            switch (refresh?.Status)
            {
                case "Cancelling":
                    Assert.Empty(actions);
                    break;
                case "Pending" or "InProgress" or "Baking" or "RollbackInProgress":
                    var launches = ReleaseOf(refresh.Status == "RollbackInProgress" ? group.Pin : refresh.Version ?? group.Pin);
                    Assert.Null(pin);
                    Assert.Equal(
                        launches is not null && launches != desired.Release,
                        actions is [AwsAction.CancelRefresh or AwsAction.RollBackRefresh]);
                    // A rollback brings back the pin and nothing else, and is requested once.
                    Assert.True(actions is not [AwsAction.RollBackRefresh]
                        || (group.Pin == version.Number && refresh.Status != "RollbackInProgress"));
                    break;
                default:
                    Assert.Equal(others, actions.LastOrDefault() is AwsAction.StartRefresh start && start.Version == version);
                    Assert.True(pin is null || !others || records.IsConfirmed(desired.Release));
                    Assert.True(others || (pin?.Number ?? group.Pin) == version.Number);
                    break;
            }

            Release? ReleaseOf(long? number) => records.Versions.SingleOrDefault(candidate => candidate.Number == number)?.Release;
        });

    private static List<AwsAction> Plan(Records records, Group group, Strategy strategy)
    {
        var actions = new List<AwsAction>();
        for (var snapshot = Arbitrary.Snapshot(records, group); ReconcilePlan.Next(snapshot, strategy) is { } action;)
        {
            actions.Add(action);
            Assert.True(actions.Count <= 10, "the plan has no end");
            snapshot = snapshot.After(action, true, Arbitrary.Noon);
        }

        return actions;
    }
}
