using Charlie.Lambdas.Decisions;
using Charlie.Operations.Status;
using static Charlie.EndToEnd.Tests.Operating.Examples;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>The state that follows from a snapshot, one test a state and one for each pair where an order decides.</summary>
public sealed class AppStatusTests
{
    private static readonly Stopped Stop = new(Now, "why");

    [Fact]
    public void A_confirmed_release_on_every_instance_is_in_sync() => Expect(AppState.InSync, Confirmed());

    [Fact]
    public void What_the_policy_would_do_next_is_left_to_replace()
    {
        Expect(AppState.Replacing, Confirmed().WithGroup(group => group with { Pin = 2 }));
        Expect(AppState.Replacing, Confirmed().WithGroup(group => group with { Instances = [new GroupInstance("i-1", "InService", 2)] }));
    }

    [Fact]
    public void An_instance_that_is_missing_or_pending_is_waited_for()
    {
        Expect(AppState.Replacing, Confirmed().WithGroup(group => group with { Instances = [] }));
        Expect(
            AppState.Replacing,
            Confirmed().WithGroup(group => group with { Instances = [.. group.Instances, new GroupInstance("i-2", "Pending:Wait", 3)] }));
    }

    [Fact]
    public void An_instance_refresh_that_runs_is_waited_for() => Expect(
        AppState.Replacing,
        Confirmed().WithGroup(group => group with { Refresh = new InstanceRefresh("r-1", "InProgress", 3, Now, null) }),
        ("CHARLIE_STRATEGY", "Rolling"),
        ("CHARLIE_SINGLETON", "false"));

    [Fact]
    public void A_restart_that_is_not_done_is_waited_for() => Expect(
        AppState.Replacing, Confirmed().With(records => records with { Restart = new Restart(Now, "a leak") }));

    [Fact]
    public void An_instance_that_ends_is_nothing_to_wait_for() => Expect(
        AppState.InSync,
        Confirmed().WithGroup(group => group with { Instances = [.. group.Instances, new GroupInstance("i-0", "Terminating", 2)] }));

    [Fact]
    public void A_release_that_is_neither_confirmed_nor_rejected_is_being_deployed() => Expect(
        AppState.Deploying, Confirmed().With(records => records with { Versions = [.. records.Versions, Version(4, Third)] }));

    [Fact]
    public void A_group_that_violates_a_precondition_is_refused() => Expect(AppState.Refused, Refused());

    [Fact]
    public void An_app_that_is_down_is_down_whatever_else_is_wrong()
    {
        Expect(AppState.Down, Down(Confirmed()));
        Expect(AppState.Down, Down(Refused()));
        Assert.NotNull(AppStatus.Of(Down(Refused()), Stack().Settings).Violation);
    }

    [Fact]
    public void A_group_without_capacity_is_closed_and_not_down() =>
        Expect(AppState.Closed, Down(Confirmed()).WithGroup(group => group with { DesiredCapacity = 0 }));

    [Fact]
    public void A_stopped_app_is_stopped_until_a_later_start()
    {
        Expect(AppState.Stopped, Down(Confirmed()).With(records => records with { Stopped = Stop }));
        Expect(
            AppState.InSync,
            Confirmed().With(records => records with { Stopped = Stop, Started = new Started(Now.AddSeconds(1), "again") }));
    }

    private static Snapshot Down(Snapshot snapshot) =>
        snapshot.With(records => records with { Down = new DownSince(Now.AddMinutes(-5), 0) });

    private static Snapshot Refused() =>
        Confirmed().WithGroup(group => group with { Traits = group.Traits with { HasWarmPool = true } });

    private static void Expect(AppState state, Snapshot snapshot, params ReadOnlySpan<(string Name, string Value)> settings) =>
        Assert.Equal(state, AppStatus.Of(snapshot, Stack(settings).Settings).State);
}
