using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What follows from a snapshot, and what a run's own writes and probes change in it.</summary>
public sealed class SnapshotTests
{
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);

    private static readonly Records Records = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)],
        [new Confirmation(Old, 2, Arbitrary.Noon)], [], []);

    private static readonly Group Group = new(
        "charlie", 2, 2,
        [
            new("i-4", "Pending:Wait", 3), new("i-3", "Pending:Wait", 3), new("i-2", "InService", 3), new("i-1", "InService", 2),
            new("i-0", "Pending:Wait", 2), new("i-5", "Pending", 3),
        ]);

    private static readonly Snapshot First = new(Arbitrary.Noon, Arbitrary.Noon.AddSeconds(1), Records, Group);

    private static readonly ProbeResponse Healthy = Arbitrary.Healthy(Its);

    [Fact]
    public void Probed_are_the_desired_releases_instances_that_wait_or_serve_unconfirmed()
    {
        Assert.Equal(["i-4", "i-3", "i-2"], First.ToProbe.Select(instance => instance.Id));
        var confirmed = First.With(Records.With(new Confirmation(Its, 3, Arbitrary.Noon)), Group);
        Assert.Equal(["i-4", "i-3"], confirmed.ToProbe.Select(instance => instance.Id));
    }

    [Fact]
    public void Watched_over_is_whatever_else_is_in_service()
    {
        Assert.Equal(["i-1"], First.ToWatchOver.Select(instance => instance.Id));
        var confirmed = First.With(Records.With(new Confirmation(Its, 3, Arbitrary.Noon)), Group);
        Assert.Equal(["i-2", "i-1"], confirmed.ToWatchOver.Select(instance => instance.Id));
    }

    /// <summary>A hold that has ended changes the desired release: both lists must see that.</summary>
    [Fact]
    public void Each_instance_in_service_is_probed_once_also_when_a_hold_has_ended()
    {
        var hold = new Hold(Holder.Operator, Old, Arbitrary.Noon.AddHours(-2), Arbitrary.Noon.AddHours(-1), "the market is open");
        var unconfirmed = new Records(Records.Versions, [], [], []).With(hold);
        var snapshot = First.With(unconfirmed, Group);
        Assert.Equal(Its, snapshot.Desired.Release);
        Assert.Equal(["i-4", "i-3", "i-2"], snapshot.ToProbe.Select(instance => instance.Id));
        Assert.Equal(["i-1"], snapshot.ToWatchOver.Select(instance => instance.Id));
    }

    [Fact]
    public void The_first_launch_is_the_recorded_one_else_the_earliest_that_is_left()
    {
        Assert.Null(First.FirstLaunch);
        var launched = First with
        {
            Details = First.Details
                .Add("i-1", Launched("i-1", -9)).Add("i-2", Launched("i-2", -2)).Add("i-3", Launched("i-3", -3)),
        };
        Assert.Equal(Arbitrary.Noon.AddMinutes(-3), launched.FirstLaunch);
        var recorded = new Attempts(Its, Arbitrary.Noon.AddMinutes(-20), 0, [], "");
        Assert.Equal(recorded.FirstLaunch, launched.With(Records.With(recorded), Group).FirstLaunch);

        static InstanceDetails Launched(string id, int minutes) => new(id, null, Arbitrary.Noon.AddMinutes(minutes), null);
    }

    [Fact]
    public void The_leader_is_the_first_probed_instance_that_waits()
    {
        Assert.Equal("i-3", First.Leader);
        Assert.Null(First.With(Records, Group with { Instances = [.. Group.Instances.Where(instance => instance.IsInService)] }).Leader);
    }

    [Fact]
    public void Waiting_is_any_instance_at_the_launch_hook()
    {
        Assert.True(First.With(Records, Group with { Instances = [new("i-0", "Pending:Wait", null)] }).HasWaiting);
        Assert.False(First.With(Records, Group with { Instances = [new("i-0", "Warmed:Pending:Wait", 3), new("i-1", "Pending", 3)] })
            .HasWaiting);
        Assert.True(First.With(Records, Group with { Instances = [new("i-0", "InService", 3), new("i-1", "Pending:Wait", 3)] })
            .HasWaiting);
    }

    [Fact]
    public void Probes_add_to_the_evidence_against_each_instances_own_image()
    {
        var probed = First.After([Probe("i-4", Healthy), Probe("i-1", Healthy), Probe("i-9", Healthy)]);
        Assert.Equal(Arbitrary.Evidence(Its, Arbitrary.Noon, Healthy), probed.EvidenceOf("i-4"));
        Assert.Equal(Arbitrary.Evidence(Old, Arbitrary.Noon, Healthy), probed.EvidenceOf("i-1"));
        Assert.Equal(HealthEvidence.None.Add(Healthy, null, Arbitrary.Noon), probed.EvidenceOf("i-9"));
        Assert.Equal(HealthEvidence.None, probed.EvidenceOf("i-2"));
    }

    [Fact]
    public void A_record_that_was_written_is_in_the_records_and_changes_the_desired_release()
    {
        var confirmation = new Confirmation(Its, 3, Arbitrary.Noon);
        Assert.Equal(confirmation, After(new AwsAction.Confirm(confirmation)).Records.ConfirmationOf(Its));
        var rejection = Arbitrary.Rejection(Its, Old, Arbitrary.Noon);
        Assert.Equal(Old, After(new AwsAction.Reject(rejection)).Desired.Release);
        var reported = new ReportedOutcome(Old, FinalOutcomeKind.Confirmed, Arbitrary.Noon);
        Assert.Equal([reported], After(new AwsAction.RecordReported(reported)).Records.Reported);
        var attempts = new Attempts(Its, Arbitrary.Noon, 1, ["i-1"], "machine: no disk");
        Assert.Equal(attempts, After(new AwsAction.RecordAttempts(attempts)).Records.AttemptsOf(Its));
        var replacement = new Replacement(Its, 1, Arbitrary.Noon);
        Assert.Equal(replacement, After(new AwsAction.RecordReplacement(replacement)).Records.ReplacementOf(Its));
        var down = new DownSince(Arbitrary.Noon, 1);
        Assert.Equal(down, After(new AwsAction.RecordDownSince(down)).Records.Down);
        Assert.Empty(After(new AwsAction.DeleteRecordTags(["charlie:confirmed:4.1"])).Records.Confirmations);
        var push = Arbitrary.Push(new Release(6, 1), Arbitrary.Noon);
        var created = First.After(
            new AwsAction.CreateVersion(push, Records.Version(1)!), true, Arbitrary.Noon, Arbitrary.Version(4, push.Release));
        Assert.Equal((push.Release, 4L), (created.Desired.Release, created.Desired.Version!.Number));
    }

    [Fact]
    public void A_change_of_the_group_is_in_the_group()
    {
        var pinned = After(new AwsAction.Pin(Records.Version(3)!));
        Assert.Equal((3L, 2L), (pinned.Group.Pin!.Value, pinned.PinBefore!.Value));
        var terminated = After(new AwsAction.Terminate("i-1", Its)).Group.Instances;
        Assert.Equal(
            ["Pending:Wait", "Pending:Wait", "InService", "Terminating", "Pending:Wait", "Pending"],
            terminated.Select(instance => instance.LifecycleState));
    }

    [Theory]
    [InlineData(true, "Cancelling", "RollbackInProgress")]
    [InlineData(false, "InProgress", "InProgress")]
    public void A_redirected_refresh_has_its_new_status_where_the_call_succeeded(bool succeeded, string cancelled, string rolledBack)
    {
        var refresh = new InstanceRefresh("r-1", "InProgress", 3, Arbitrary.Noon, null);
        var snapshot = First.With(Records, Group with { Refresh = refresh });
        Assert.Equal(cancelled, snapshot.After(new AwsAction.CancelRefresh(refresh, Old), succeeded, Arbitrary.Noon).Group.Refresh!.Status);
        Assert.Equal(rolledBack, snapshot.After(new AwsAction.RollBackRefresh(refresh, Old), succeeded, Arbitrary.Noon)
            .Group.Refresh!.Status);
    }

    [Fact]
    public void Instances_recorded_in_service_count_their_probes_anew()
    {
        var at = Arbitrary.Noon.AddMinutes(1);
        var known = First.After([Probe("i-2", Healthy)]) with
        {
            Details = First.Details.Add("i-2", new InstanceDetails("i-2", null, Arbitrary.Noon, null)),
        };
        var after = known.After(new AwsAction.RecordInService(["i-2", "i-4"], at), true, at);
        Assert.Equal(new InstanceDetails("i-2", null, Arbitrary.Noon, at), after.Details["i-2"]);
        Assert.Equal(new InstanceDetails("i-4", null, null, at), after.Details["i-4"]);
        Assert.Equal(known.EvidenceOf("i-2").Afresh(), after.EvidenceOf("i-2"));
    }

    [Fact]
    public void Each_action_is_among_those_done_and_nothing_read_is_lost()
    {
        var (pin, admit) = (new AwsAction.Pin(Records.Version(3)!), new AwsAction.Admit("i-3"));
        var before = First.After([Probe("i-2", Healthy)]) with
        {
            Details = First.Details.Add("i-2", new InstanceDetails("i-2", null, null, null)),
            LastActivity = new ScalingActivity("no capacity"),
            IsReadAgain = true,
            IsRefreshRead = true,
        };
        var after = before.After(pin, true, Arbitrary.Noon).After(admit, false, Arbitrary.Noon.AddSeconds(1));
        Assert.Equal([new DoneAction(pin, Arbitrary.Noon, true), new DoneAction(admit, Arbitrary.Noon.AddSeconds(1), false)], after.Done);
        Assert.Equal(
            (before.RecordsReadAt, before.GroupReadAt, before.Details, before.Evidence, before.LastActivity, true, true),
            (after.RecordsReadAt, after.GroupReadAt, after.Details, after.Evidence, after.LastActivity, after.IsReadAgain,
                after.IsRefreshRead));
    }

    [Fact]
    public void Details_are_complete_once_they_do_not_change_any_more()
    {
        var (pending, serving) = (new GroupInstance("i-1", "Pending:Wait", 3), new GroupInstance("i-1", "InService", 3));
        var details = new InstanceDetails("i-1", System.Net.IPAddress.Loopback, Arbitrary.Noon, null);
        Assert.True(details.IsComplete(pending, HealthEvidence.None));
        Assert.False(details.IsComplete(serving, HealthEvidence.None));
        Assert.True((details with { InServiceAt = Arbitrary.Noon }).IsComplete(serving, HealthEvidence.None));
        Assert.False((details with { Address = null }).IsComplete(pending, HealthEvidence.None));
        Assert.False((details with { LaunchedAt = null }).IsComplete(pending, HealthEvidence.None));
    }

    [Theory]
    [InlineData(29.999, false, false, true)]
    [InlineData(30, false, false, false)]
    [InlineData(30, true, false, true)]
    [InlineData(30, false, true, true)]
    public void A_silent_machine_is_asked_again_whether_it_had_started_the_app(
        double silentFor, bool isRecorded, bool wasSeen, bool isComplete)
    {
        ProbeResponse first = wasSeen ? Arbitrary.Unhealthy(TimeSpan.Zero, TimeSpan.Zero, 0, null) : new ProbeResponse.Silent("refused");
        var evidence = HealthEvidence.None
            .Add(first, null, Arbitrary.Noon.AddSeconds(wasSeen ? -1 : 0))
            .Add(new ProbeResponse.Silent("refused"), null, Arbitrary.Noon)
            .Add(new ProbeResponse.Silent("refused"), null, Arbitrary.Noon.AddSeconds(silentFor));
        var details = new InstanceDetails("i-1", System.Net.IPAddress.Loopback, Arbitrary.Noon, null, isRecorded);
        Assert.Equal(isComplete, details.IsComplete(new GroupInstance("i-1", "Pending:Wait", 3), evidence));
    }

    private static Snapshot After(AwsAction action) => First.After(action, true, Arbitrary.Noon);

    private static ProbeResult Probe(string id, ProbeResponse response) => new(id, response, Arbitrary.Noon);
}
