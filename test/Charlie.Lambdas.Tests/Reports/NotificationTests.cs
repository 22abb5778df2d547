using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Tests.Decisions;

namespace Charlie.Lambdas.Tests.Reports;

/// <summary>Which results people are to read.</summary>
public sealed class NotificationTests
{
    private static readonly ReleaseVersion Version = Arbitrary.Version(3, new Release(5, 1));
    private static readonly DesiredRelease Desired = new(Version.Release, Version);
    private static readonly InstanceFacts Facts = Arbitrary.Facts(new GroupInstance("i-1", "InService", 3));
    private static readonly Rejection Rejection = Arbitrary.Rejection(Version.Release, Release.Base, Arbitrary.Noon);

    private static readonly Hold Hold = new(Holder.Operator, Release.Base, Arbitrary.Noon, null, "the market is open");

    private static readonly RunResult[] Each =
    [
        new RunResult.Rejected("release 5.1", "it has another image"),
        new RunResult.StalePush(Arbitrary.Push(Version.Release, Arbitrary.Noon), "release 6.1 is newer"),
        new RunResult.StaleRequest("rollback from release 5.1", "it is too late", Version.Release),
        new RunResult.Held(Hold, Release.Base),
        new RunResult.Held(Hold with { Holder = Holder.Window }, Release.Base, Arbitrary.Push(Version.Release, Arbitrary.Noon)),
        new RunResult.Recorded(Version, "the group's desired capacity is 0"),
        new RunResult.AppStopped(new Stopped(Arbitrary.Noon, "the broker is closed"), Version.Release),
        new RunResult.Refused(Version.Release, "the group has a warm pool"),
        new RunResult.Started(Version, null, "an operator rolled release 6.1 back (orders rejected)", []) { IsRequested = true },
        new RunResult.AlreadyCurrent(Version, "an operator rolled release 6.1 back (orders rejected)"),
        new RunResult.Stuck(Desired, Arbitrary.Noon, null, Arbitrary.Noon),
        new RunResult.AllClear(Desired, Arbitrary.Noon, Arbitrary.Noon, WasTold: true),
        new RunResult.Unconfirmed(Desired, Arbitrary.Noon),
        new RunResult.OldBase(Version, Version),
        new RunResult.Confirmed(Facts, Version, Arbitrary.Noon, null),
        new RunResult.RolledBack(Facts, Version, Rejection, null),
        new RunResult.Unhealthy(Facts, Version, 3, true, "app"),
        new RunResult.ReportedAgain(
            new FinalOutcome(Version.Release, FinalOutcomeKind.Confirmed, Arbitrary.Noon, null), Version, null),
    ];

    private static readonly RunResult[] Never =
    [
        new RunResult.NothingToDo("in sync"),
        new RunResult.StalePush(Arbitrary.Push(Version.Release, Arbitrary.Noon), "it was accepted before", IsDuplicate: true),
        new RunResult.AlreadyCurrent(Version),
        new RunResult.Held(Hold with { Holder = Holder.Window }, Release.Base),
        new RunResult.Started(Version, null, "a new image was pushed", []),
        new RunResult.InstanceReady(Facts, Version),
        new RunResult.HandedOver(Facts, Version, "i-1"),
        new RunResult.AllClear(Desired, Arbitrary.Noon, Arbitrary.Noon, WasTold: false),
        new RunResult.Superseded(Facts, Version, Version.Release),
    ];

    [Fact]
    public void What_needs_a_person_or_ends_a_deployment_is_notified_each_time() =>
        Assert.All(Each, result => Assert.True(Notification.IsDue(result), result.ToString()));

    [Fact]
    public void What_is_on_its_way_or_repeats_a_request_is_not_notified() =>
        Assert.All(Never, result => Assert.False(Notification.IsDue(result), result.ToString()));

    [Fact]
    public void What_repeats_by_itself_is_notified_the_first_second_fourth_and_eighth_time()
    {
        var attempts = Enumerable.Range(1, 40).ToArray();
        Assert.Equal(
            [1, 2, 4, 8, 16, 32],
            attempts.Where(attempt => Notification.IsDue(new RunResult.Retrying(Facts, Version, attempt, "machine"))));
        Assert.Equal(
            [1, 2, 4, 8, 16, 32], attempts.Where(attempt => Notification.IsDue(new RunResult.Failed(Facts, Version, attempt, "app"))));
        Assert.Equal(
            [1, 2, 4, 8, 16, 32],
            attempts.Where(attempt => Notification.IsDue(
                new RunResult.Unhealthy(Facts, Version, attempt, true, "app") { IsAlone = true })));
    }

    [Fact]
    public void Each_kind_of_result_has_its_test() =>
        Assert.Equal(
            typeof(RunResult).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).ToHashSet(),
            Each.Concat(Never).Select(result => result.GetType()).Append(typeof(RunResult.Retrying)).Append(typeof(RunResult.Failed))
                .ToHashSet());
}
