using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The watch of a launch step by step: what it waits for, how long, and what it reports in the end.</summary>
public sealed class LaunchRulesTests
{
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);

    private static readonly Records Unconfirmed = Records
        .Read([Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)], [])
        .With(new Confirmation(Old, 2, Arbitrary.Noon.AddHours(-1)));

    private static readonly Records Confirmed = Unconfirmed.With(new Confirmation(Its, 3, Arbitrary.Noon.AddHours(-1)));

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private static readonly ProbeResponse Pulling = new ProbeResponse.Preparing(BootPhase.Pull);

    [Fact]
    public void A_launch_of_a_confirmed_release_is_watched_until_it_is_admitted() => Check(
        _ => Confirmed,
        One(at => at < 1 ? "Pending:Wait" : "InService"),
        Healthy,
        Long,
        typeof(RunResult.InstanceReady),
        """
            0 read all, probe i-1, wait 0.25
            0.25 probe i-1, wait 0.25
            0.5 probe i-1, read all, Admit, InstanceReady
            """);

    [Fact]
    public void The_bake_of_an_unconfirmed_release_is_watched_too_and_its_pace_begins_anew() => Check(
        _ => Unconfirmed,
        One(at => at < 9 ? "Pending:Wait" : at < 10 ? "Pending:Proceed" : "InService"),
        (_, at) => at < 4 ? Pulling : Arbitrary.Healthy(Its, TimeSpan.FromSeconds(at)),
        Long,
        typeof(RunResult.Confirmed),
        """
            0 read all, probe i-1, wait 0.25
            0.25 probe i-1, wait 0.31
            0.56 probe i-1, wait 0.39
            0.95 probe i-1, wait 0.49
            1.44 probe i-1, wait 0.61
            2.05 probe i-1, wait 0.76
            2.81 probe i-1, wait 0.95
            3.77 probe i-1, wait 1.19
            4.96 probe i-1, wait 0.25
            5.21 probe i-1, wait 0.25
            5.46 probe i-1, read all, Admit, wait 1
            6.46 read the group, probe i-1, read all, Admit, wait 1
            7.46 read the group, probe i-1, read all, Admit, wait 1
            8.46 read the group, probe i-1, read all, Admit, wait 1
            9.46 read the group, probe, wait 1
            10.46 read the group, probe i-1, RecordInService, wait 1
            11.46 read the group, probe i-1, wait 0.25
            11.71 probe i-1, wait 0.31
            12.02 probe i-1, wait 0.39
            12.41 probe i-1, wait 0.49
            12.9 probe i-1, wait 0.61
            13.51 probe i-1, wait 0.76
            14.28 probe i-1, wait 0.95
            15.23 probe i-1, wait 1.19
            16.42 probe i-1, read all, Confirm, Confirmed
            """);

    [Fact]
    public void A_watch_that_has_no_time_left_leaves_the_rest_to_the_sweep() => Check(
        _ => Unconfirmed,
        One(_ => "Pending:Wait"),
        (_, _) => Pulling,
        TimeSpan.FromSeconds(2),
        typeof(RunResult.NothingToDo),
        """
            0 read all, probe i-1, wait 0.25
            0.25 probe i-1, wait 0.31
            0.56 probe i-1, wait 0.39
            0.95 probe i-1, wait 0.49
            1.44 probe i-1, instance i-1 is not healthy yet; the sweep goes on
            """);

    [Fact]
    public void What_it_found_before_its_time_was_over_is_reported() => Check(
        _ => Unconfirmed,
        One(at => at < 1 ? "Pending:Wait" : "InService"),
        (_, _) => Arbitrary.Healthy(Its),
        TimeSpan.FromSeconds(4),
        typeof(RunResult.InstanceReady),
        """
            0 read all, probe i-1, wait 0.25
            0.25 probe i-1, wait 0.25
            0.5 probe i-1, read all, Admit, wait 1
            1.5 read the group, probe i-1, RecordInService, wait 1
            2.5 read the group, probe i-1, wait 0.25
            2.75 probe i-1, wait 0.31
            3.06 probe i-1, wait 0.39
            3.45 probe i-1, wait 0.49
            3.94 probe i-1, InstanceReady
            """);

    [Fact]
    public void A_launch_that_is_not_listed_is_waited_for_ten_seconds() => Check(
        _ => Unconfirmed,
        One(_ => null),
        Healthy,
        Long,
        typeof(RunResult.NothingToDo),
        """
            0 read all, probe, wait 1
            1 read the group, probe, wait 1
            2 read the group, probe, wait 1
            3 read the group, probe, wait 1
            4 read the group, probe, wait 1
            5 read the group, probe, wait 1
            6 read the group, probe, wait 1
            7 read the group, probe, wait 1
            8 read the group, probe, wait 1
            9 read the group, probe, wait 1
            10 read the group, probe, instance i-1: the group does not list it
            """);

    [Fact]
    public void The_time_of_the_run_ends_that_wait_too() => Check(
        _ => Unconfirmed,
        One(_ => null),
        Healthy,
        TimeSpan.FromSeconds(3),
        typeof(RunResult.NothingToDo),
        """
            0 read all, probe, wait 1
            1 read the group, probe, wait 1
            2 read the group, probe, instance i-1 is not healthy yet; the sweep goes on
            """);

    [Fact]
    public void One_that_was_listed_and_is_gone_is_waited_for_no_more() => Check(
        _ => Unconfirmed,
        One(at => at < 2 ? null : at < 3 ? "Pending" : null),
        Healthy,
        Long,
        typeof(RunResult.NothingToDo),
        """
            0 read all, probe, wait 1
            1 read the group, probe, wait 1
            2 read the group, probe, wait 1
            3 read the group, probe, instance i-1: the group does not list it
            """);

    [Fact]
    public void One_that_AWS_still_moves_is_looked_at_each_second() => Check(
        _ => Confirmed,
        One(at => at < 2 ? "Pending" : "Pending:Wait"),
        Healthy,
        Long,
        typeof(RunResult.InstanceReady),
        """
            0 read all, probe, wait 1
            1 read the group, probe, wait 1
            2 read the group, probe i-1, wait 0.25
            2.25 probe i-1, wait 0.25
            2.5 probe i-1, read all, Admit, InstanceReady
            """);

    [Fact]
    public void The_watch_of_a_lower_id_judges_the_other_launch_too() => Check(
        _ => Unconfirmed,
        _ => [New("i-0", "Pending:Wait"), New("i-1", "Pending:Wait")],
        Healthy,
        Long,
        typeof(RunResult.NothingToDo),
        """
            0 read all, the run that watches i-0 judges i-1 too
            """);

    [Fact]
    public void A_watch_that_leads_goes_on_beside_a_lower_id() => Check(
        _ => Confirmed,
        at => at < 1 ? [New("i-1", "Pending:Wait")] : [New("i-0", "Pending:Wait"), New("i-1", "Pending:Wait")],
        (id, at) => id == "i-0" || at < 2 ? Pulling : Healthy(id, at),
        TimeSpan.FromSeconds(14),
        typeof(RunResult.InstanceReady),
        """
            0 read all, probe i-1, wait 0.25
            0.25 probe i-1, wait 0.31
            0.56 probe i-1, wait 0.39
            0.95 probe i-1, wait 0.49
            1.44 probe i-1, wait 0.61
            2.05 probe i-1, wait 0.25
            2.3 probe i-1, wait 0.25
            2.55 probe i-1, read all, Admit, InstanceReady
            """,
        capacity: 2);

    [Fact]
    public void A_watch_waits_for_each_instance_that_it_began_to_judge() => Check(
        _ => Confirmed,
        at => [New("i-1", at < 1 ? "Pending:Wait" : "InService"), New("i-2", at < 3 ? "Pending:Wait" : "InService")],
        (id, at) => id == "i-2" && at < 2 ? Pulling : Healthy(id, at),
        Long,
        typeof(RunResult.InstanceReady),
        """
            0 read all, probe i-1 i-2, wait 0.25
            0.25 probe i-1 i-2, wait 0.25
            0.5 probe i-1 i-2, read all, Admit, wait 1
            1.5 read the group, probe i-2, wait 0.25
            1.75 probe i-2, wait 0.31
            2.06 probe i-2, wait 0.25
            2.31 probe i-2, wait 0.25
            2.56 probe i-2, read all, Admit, InstanceReady
            """,
        capacity: 2);

    [Fact]
    public void An_instance_that_is_not_its_charge_does_not_keep_it() => Check(
        _ => Confirmed,
        at => [New("i-1", at < 1 ? "Pending:Wait" : "Terminating"), New("i-2", at < 1 ? "Pending" : "Pending:Proceed")],
        (_, _) => Pulling,
        Long,
        typeof(RunResult.NothingToDo),
        """
            0 read all, probe i-1, wait 0.25
            0.25 probe i-1, wait 0.31
            0.56 probe i-1, wait 0.39
            0.95 probe i-1, wait 0.49
            1.44 probe i-1, wait 0.61
            2.05 probe i-1, wait 0.76
            2.81 probe i-1, wait 0.95
            3.77 probe i-1, wait 1.19
            4.96 probe i-1, wait 1.49
            6.45 probe i-1, wait 1.86
            8.31 probe i-1, wait 2
            10.31 read all, probe, instance i-1: the instance is Terminating
            """,
        capacity: 2);

    [Fact]
    public void A_failure_is_reported_at_once_although_another_launch_is_not_judged_yet() => Check(
        _ => Confirmed,
        _ => [New("i-1", "Pending:Wait"), New("i-2", "Pending:Wait")],
        (id, _) => id == "i-1" ? new ProbeResponse.Failed(OfMachine: true, "no disk") : Pulling,
        Long,
        typeof(RunResult.Retrying),
        """
            0 read all, probe i-1 i-2, read all, attempt 1: machine: no disk, Abandon, Retrying
            """,
        capacity: 2);

    [Fact]
    public void A_machine_that_was_lost_counts_twenty_seconds_after_its_end_was_seen() => Check(
        _ => Unconfirmed,
        One(at => at < 3 ? "Pending:Wait" : "Terminating"),
        (_, _) => Pulling,
        Long,
        typeof(RunResult.Retrying),
        """
            0 read all, probe i-1, wait 0.25
            0.25 probe i-1, wait 0.31
            0.56 probe i-1, wait 0.39
            0.95 probe i-1, wait 0.49
            1.44 probe i-1, wait 0.61
            2.05 probe i-1, wait 0.76
            2.81 probe i-1, wait 0.95
            3.77 probe i-1, wait 1.19
            4.96 probe i-1, wait 1.49
            6.45 probe i-1, wait 1.86
            8.31 probe i-1, wait 2
            10.31 read all, probe, wait 20
            30.31 read the group, probe, read all, probe, attempt 1: it ended while it was tried; its last response: in phase pull, Retrying
            """);

    [Fact]
    public void A_watch_without_twenty_seconds_left_does_not_wait_for_that() => Check(
        _ => Unconfirmed,
        One(at => at < 1 ? "Pending" : "Terminating"),
        (_, _) => Pulling,
        TimeSpan.FromSeconds(21),
        typeof(RunResult.NothingToDo),
        """
            0 read all, probe, wait 1
            1 read the group, probe, instance i-1: the instance is Terminating
            """);

    [Fact]
    public void A_machine_that_another_run_counted_is_not_counted_again() => Check(
        at => at < 21 ? Unconfirmed : Unconfirmed.With(new Attempts(Its, Arbitrary.Noon, 1, ["i-1"], "no disk")),
        One(at => at < 1 ? "Pending" : "Terminating"),
        (_, _) => Pulling,
        Long,
        typeof(RunResult.NothingToDo),
        """
            0 read all, probe, wait 1
            1 read the group, probe, wait 20
            21 read the group, probe, read all, probe, instance i-1: the instance is Terminating
            """);

    [Fact]
    public void Room_is_made_for_the_count_of_a_lost_machine() => Check(
        _ => Unconfirmed.With(new Replacement(Old, 1, Arbitrary.Noon)) with { TagCount = 50 },
        One(at => at < 1 ? "Pending" : "Terminating"),
        (_, _) => Pulling,
        Long,
        typeof(RunResult.Retrying),
        """
            0 read all, probe, wait 1
            1 read the group, probe, wait 20
            21 read the group, probe, read all, probe, delete charlie:replaced:4.1, attempt 1: it ended before it responded, Retrying
            """);

    [Fact]
    public void A_launch_of_a_release_that_is_not_the_desired_one_is_abandoned_and_reported() => Check(
        _ => Confirmed,
        at => [new GroupInstance("i-1", at < 1 ? "Pending:Wait" : "Terminating", 2)],
        Healthy,
        Long,
        typeof(RunResult.Superseded),
        """
            0 read all, probe, read all, Abandon, Superseded
            """);

    private static ProbeResponse Healthy(string id, double at) => Arbitrary.Healthy(Its, TimeSpan.FromMinutes(30));

    private static GroupInstance New(string id, string state) => new(id, state, 3);

    // The group of one instance, which has these states by the seconds since the watch began; null while it is not listed.
    private static Func<double, GroupInstance[]> One(Func<double, string?> state) =>
        at => state(at) is { } its ? [New("i-1", its)] : [];

    private static void Check(
        Func<double, Records> records,
        Func<double, GroupInstance[]> group,
        Func<string, double, ProbeResponse> respond,
        TimeSpan available,
        Type result,
        string transcript,
        int capacity = 1)
    {
        var run = new LaunchRun
        {
            Records = at => records(at.TotalSeconds),
            Group = at => group(at.TotalSeconds),
            Respond = (id, at) => respond(id, at.TotalSeconds),
            DesiredCapacity = capacity,
        };
        Assert.Equal(result, run.Watch("i-1", available).GetType());
        Assert.Equal(transcript, run.Transcript);
    }
}
