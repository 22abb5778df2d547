using System.Collections.Immutable;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Which machines that ended count as attempts: those that Charlie did not end.</summary>
public sealed class LostMachineTests
{
    private static readonly Release Its = new(5, 1);
    private static readonly DateTimeOffset Launched = Arbitrary.Noon;
    private static readonly DateTimeOffset Now = Arbitrary.Noon.AddMinutes(2);
    private static readonly GroupInstance Ended = new("i-1", "Terminating", 3);

    private static readonly Records Records = Records.Read(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, new Release(4, 1)), Arbitrary.Version(3, Its)],
        []).With(new Confirmation(new Release(4, 1), 2, Arbitrary.Noon.AddHours(-1)));

    private static readonly Group Group = new("charlie", 1, 3, [Ended]);

    [Fact]
    public void A_machine_that_nobody_accounts_for_is_an_attempt()
    {
        var lost = Of(Records, Group)!;
        const string reason = "it ended while it was tried; its last response: in phase pull";
        Assert.Equal(new Attempts(Its, Launched, 1, ["i-1"], reason), lost.Attempts);
        Assert.Equal(new RunResult.Retrying(lost.Facts, Records.Version(3)!, 1, reason), lost.Result);
    }

    [Fact]
    public void It_counts_on_from_the_attempts_before()
    {
        var lost = Of(Records.With(new Attempts(Its, Launched.AddHours(-1), 2, ["i-8", "i-9"], "machine: no disk")), Group)!;
        Assert.Equal((3, Launched.AddHours(-1)), (lost.Attempts.Count, lost.Attempts.FirstLaunch));
    }

    [Fact]
    public void One_that_never_responded_says_so() =>
        Assert.Equal("it ended before it responded", Of(Records, Group, responses: [])!.Attempts.LastFailure);

    [Theory]
    [InlineData("Terminating", true)]
    [InlineData("Terminating:Wait", true)]
    [InlineData("Pending", false)]
    [InlineData("Pending:Wait", false)]
    [InlineData("Pending:Proceed", false)]
    [InlineData("InService", false)]
    [InlineData("Standby", false)]
    [InlineData("Detaching", false)]
    public void A_group_loses_the_instance_that_it_terminates(string state, bool isEnding)
    {
        var instance = Ended with { LifecycleState = state };
        Assert.Equal(isEnding, LostMachine.IsEnding(instance, Group with { Instances = [instance], DesiredCapacity = 2 }));
    }

    [Fact]
    public void What_Charlie_ended_is_on_record()
    {
        Assert.Null(Of(Records.With(new Attempts(Its, Launched, 1, ["i-1"], "machine: no disk")), Group));
        Assert.Null(Of(Records.With(new Replacement(Its, 1, Launched)), Group));
        Assert.Null(Of(Records.With(new Restart(Launched, "new secrets")), Group));
        Assert.Null(Of(Records.With(new Stopped(Launched, "a holiday")), Group));
        Assert.Null(Of(Records.With(new Stopped(Launched, "a holiday")).With(new Started(Launched, "over")), Group));
        Assert.Null(Of(Records.With(Records.Reject(Its, new Release(4, 1), Now, RejectedBy.Charlie, "app")), Group));
        Assert.Null(Of(Records.With(Arbitrary.Version(4, new Release(6, 1))), Group));
        Assert.Null(Of(Records, Group, done: new AwsAction.Abandon("i-1")));
        Assert.Null(Of(Records, Group, done: new AwsAction.Terminate("i-1", Its)));
    }

    [Fact]
    public void What_happened_before_its_launch_or_to_another_does_not_account_for_it()
    {
        var before = Launched.AddSeconds(-1);
        Assert.NotNull(Of(Records.With(new Replacement(Its, 1, before)), Group));
        Assert.NotNull(Of(Records.With(new Restart(before, "new secrets")), Group));
        Assert.NotNull(Of(Records.With(new Stopped(before, "a holiday")).With(new Started(before, "over")), Group));
        Assert.NotNull(Of(Records, Group, done: new AwsAction.Abandon("i-2")));
        Assert.NotNull(Of(Records, Group, done: new AwsAction.Terminate("i-2", Its)));
        Assert.NotNull(Of(Records, Group, done: new AwsAction.Admit("i-1")));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void One_that_was_launched_before_its_release_became_the_desired_one_may_have_been_superseded(int seconds, bool isLost)
    {
        var hold = new Hold(Holder.Operator, new Release(4, 1), Launched.AddHours(-1), Launched.AddSeconds(seconds), "elections");
        Assert.Equal(isLost, Of(Records.With(hold), Group) is not null);
    }

    /// <summary>The run that made the newer version may not have read the hold yet, and replaced the machine.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_push_that_waits_for_a_hold_may_have_replaced_it(int seconds, bool isLost)
    {
        var held = Records.With(new Hold(Holder.Operator, Its, Launched.AddHours(-1), null, "elections"))
            .With(Arbitrary.Version(4, new Release(6, 1)) with { CreatedAt = Launched.AddSeconds(seconds) });
        Assert.Equal(isLost, Of(held, Group) is not null);
    }

    // It may have been superseded by the release that was rejected.
    [Fact]
    public void A_release_that_others_were_rejected_for_is_not_counted() =>
        Assert.Null(Of(
            Records.With(Arbitrary.Version(4, new Release(6, 1)))
                .With(Records.Reject(new Release(6, 1), Its, Now, RejectedBy.Operator, "asked")),
            Group));

    [Fact]
    public void A_confirmed_release_and_a_closed_group_count_nothing()
    {
        Assert.Null(Of(Records.With(new Confirmation(Its, 3, Now)), Group));
        Assert.Null(Of(Records, Group with { DesiredCapacity = 0 }));
    }

    [Theory]
    [InlineData("InService")]
    [InlineData("Pending")]
    public void A_group_that_has_its_size_without_it_became_smaller(string state)
    {
        var group = Group with { Instances = [Ended, new GroupInstance("i-2", state, 3)] };
        Assert.False(LostMachine.IsEnding(Ended, group));
        Assert.True(LostMachine.IsEnding(Ended, group with { DesiredCapacity = 2 }));
    }

    [Fact]
    public void One_that_only_waited_for_the_lock_is_none() =>
        Assert.Null(Of(Records, Group, responses: new ProbeResponse.Preparing(BootPhase.Lock)));

    [Fact]
    public void One_that_EC2_never_showed_is_none() => Assert.Null(LostMachine.Of(Ended, new Snapshot(Now, Now, Records, Group), Now));

    private static LostMachine? Of(Records records, Group group, AwsAction? done = null) =>
        Of(records, group, done, new ProbeResponse.Preparing(BootPhase.Pull));

    private static LostMachine? Of(Records records, Group group, params ProbeResponse[] responses) =>
        Of(records, group, null, responses);

    private static LostMachine? Of(Records records, Group group, AwsAction? done, params ProbeResponse[] responses)
    {
        var snapshot = new Snapshot(Now, Now, records, group)
        {
            Details = ImmutableDictionary<string, InstanceDetails>.Empty.Add("i-1", new InstanceDetails("i-1", null, Launched, null)),
            Done = done is null ? [] : [new DoneAction(done, Now, true)],
        };
        return LostMachine.Of(
            group.Instances[0], snapshot.After(responses.Select(response => new ProbeResult("i-1", response, Now))), Now);
    }
}
