using System.Collections.Immutable;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The actions that execute each decision, in order, and what they come to.</summary>
public sealed class JudgementPlanTests
{
    private static readonly DateTimeOffset Now = Arbitrary.Noon.AddHours(1);
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);

    private static readonly Strategy Replace = new Strategy.Replace();
    private static readonly Strategy Rolling = new Strategy.Rolling(90, 100, TimeSpan.FromSeconds(60));

    private static readonly Records Records = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)],
        [new Confirmation(Old, 2, Arbitrary.Noon)], [], []);

    private static readonly GroupInstance Waiting = new("i-1", "Pending:Wait", 3);
    private static readonly GroupInstance Serving = new("i-2", "InService", 3);

    private static readonly Rejection Rejection = new(Its, Old, Its, Now, RejectedBy.Charlie, "app: exited with 1");

    [Fact]
    public void An_admitted_instance_is_one_action_and_ready()
    {
        var judgement = Judged(Waiting, new InstanceDecision.Admit());
        Assert.Equal([new AwsAction.Admit("i-1")], Actions(judgement));
        Assert.Equal(new RunResult.InstanceReady(judgement.Facts, Records.Version(3)!), Result(judgement));
        Assert.Null(Result(judgement, succeeded: false));
    }

    [Fact]
    public void A_confirmation_is_one_record_and_names_the_fallback_image()
    {
        var confirmation = new Confirmation(Its, 3, Now);
        var judgement = Judged(Serving, new InstanceDecision.Confirm(confirmation));
        Assert.Equal([new AwsAction.Confirm(confirmation)], Actions(judgement));
        Assert.Equal(
            new RunResult.Confirmed(judgement.Facts, Records.Version(3)!, Now, Arbitrary.Image(Old)), Result(judgement));
        var first = Judged(Serving, new InstanceDecision.Confirm(confirmation), Records with { Confirmations = [] });
        Assert.Null(Assert.IsType<RunResult.Confirmed>(Result(first)).PreviousImage);
    }

    [Fact]
    public void Instances_in_service_are_recorded_by_one_call()
    {
        var (first, second) =
            (Judged(Serving, new InstanceDecision.RecordInService()),
            Judged(Serving with { Id = "i-3" }, new InstanceDecision.RecordInService()));
        ImmutableArray<InstanceJudgement> chosen = [first, second];
        var act = Assert.IsType<WatchStep.Act>(JudgementPlan.Next(first, chosen, Snapshot(Serving), [], Replace));
        var record = Assert.IsType<AwsAction.RecordInService>(act.Action);
        Assert.Equal(["i-2", "i-3"], record.Instances);
        Assert.Equal(Now, record.At);
        Assert.Null(JudgementPlan.Next(first, chosen, Snapshot(Serving), [Done(record)], Replace));
        Assert.Null(JudgementPlan.Next(second, chosen, Snapshot(Serving), [], Replace));
        Assert.Null(JudgementPlan.Result(first, Snapshot(Serving), [Done(record)]));
        Assert.Null(JudgementPlan.Result(second, Snapshot(Serving), []));
    }

    [Fact]
    public void A_superseded_instance_is_abandoned_and_not_notified_again_where_it_is_rejected()
    {
        var judgement = Judged(Waiting with { Version = 2 }, new InstanceDecision.Supersede(Its, IsRejected: false));
        Assert.Equal([new AwsAction.Abandon("i-1")], Actions(judgement));
        Assert.Equal(new RunResult.Superseded(judgement.Facts, Records.Version(2)!, Its), Result(judgement));
        Assert.Null(Result(judgement, succeeded: false));
        Assert.Equal(
            new RunResult.NothingToDo("instance i-1 was abandoned: its release 5.1 is rejected"),
            Result(Judged(Waiting, new InstanceDecision.Supersede(Old, IsRejected: true))));
    }

    [Fact]
    public void A_retried_machine_is_counted_before_it_is_removed()
    {
        var attempts = new Attempts(Its, Arbitrary.Noon, 2, ["i-0", "i-1"], "machine: no disk");
        var retry = Judged(Waiting, new InstanceDecision.Retry("machine: no disk", attempts));
        Assert.Equal([new AwsAction.RecordAttempts(attempts), new AwsAction.Abandon("i-1")], Actions(retry));
        Assert.Equal(
            [new AwsAction.RecordAttempts(attempts), new AwsAction.Terminate("i-2", Its)],
            Actions(Judged(Serving, new InstanceDecision.Retry("machine: no disk", attempts))));
        Assert.Equal(new RunResult.Retrying(retry.Facts, Records.Version(3)!, 2, "machine: no disk"), ResultOfRemoval(retry));
        Assert.Null(ResultOfRemoval(retry, succeeded: false));
    }

    [Fact]
    public void A_machine_that_is_counted_already_is_only_removed()
    {
        var attempts = new Attempts(Its, Arbitrary.Noon, 1, ["i-1"], "machine: no disk");
        var retry = Judged(Waiting, new InstanceDecision.Retry("machine: no disk", attempts));
        var counted = Snapshot(Waiting).With(Records.With(attempts), Snapshot(Waiting).Group);
        Assert.Equal(
            new WatchStep.Act(new AwsAction.Abandon("i-1")), JudgementPlan.Next(retry, [retry], counted, [], Replace));
    }

    [Fact]
    public void A_replaced_instance_is_recorded_before_it_is_removed()
    {
        var replacement = new Replacement(Its, 3, Now);
        var replace = Judged(Serving, new InstanceDecision.Replace("app: exited with 1", replacement, Removes: true));
        Assert.Equal([new AwsAction.RecordReplacement(replacement), new AwsAction.Terminate("i-2", Its)], Actions(replace));
        Assert.Equal(new RunResult.Failed(replace.Facts, Records.Version(3)!, 3, "app: exited with 1"), ResultOfRemoval(replace));
        Assert.Null(ResultOfRemoval(replace, succeeded: false));
        var confirmed = Judged(Waiting, replace.Decision, Records.With(new Confirmation(Its, 3, Now)));
        Assert.Equal(
            new RunResult.Unhealthy(confirmed.Facts, Records.Version(3)!, 3, true, "app: exited with 1"), ResultOfRemoval(confirmed));
    }

    [Fact]
    public void A_sick_instance_that_stays_is_recorded_only()
    {
        var replacement = new Replacement(Its, 1, Now);
        var decision = new InstanceDecision.Replace("app: exited with 1", replacement, Removes: false);
        var judgement = Judged(Serving, decision, Records.With(new Confirmation(Its, 3, Now)));
        Assert.Equal([new AwsAction.RecordReplacement(replacement)], Actions(judgement));
        Assert.Equal(
            new RunResult.Unhealthy(judgement.Facts, Records.Version(3)!, 1, false, "app: exited with 1"), Result(judgement));
    }

    [Fact]
    public void A_sick_instance_of_many_is_counted_before_it_is_removed()
    {
        var attempts = new Attempts(Its, Arbitrary.Noon, 2, ["i-1", "i-2"], "app: exited with 1");
        var judgement = Judged(Serving, new InstanceDecision.ReplaceAlone("app: exited with 1", attempts));
        Assert.Equal([new AwsAction.RecordAttempts(attempts), new AwsAction.Terminate("i-2", Its)], Actions(judgement));
        Assert.Equal(
            new RunResult.Unhealthy(judgement.Facts, Records.Version(3)!, 2, true, "app: exited with 1") { IsAlone = true },
            ResultOfRemoval(judgement));
        Assert.Null(ResultOfRemoval(judgement, succeeded: false));
        var counted = Snapshot(Serving).With(Records.With(attempts), Snapshot(Serving).Group);
        Assert.Equal(
            new WatchStep.Act(new AwsAction.Terminate("i-2", Its)),
            JudgementPlan.Next(judgement, [judgement], counted, [], Replace));
    }

    [Theory]
    [InlineData(2, true, true, true)]
    [InlineData(2, true, false, false)]
    [InlineData(2, false, true, false)]
    [InlineData(0, true, true, false)]
    public void Attempts_are_emptied_after_a_machine_of_a_confirmed_release_was_admitted(
        int count, bool isConfirmed, bool succeeded, bool empties)
    {
        var attempts = new Attempts(Its, Arbitrary.Noon, count, count > 0 ? ["i-8", "i-9"] : [], count > 0 ? "machine: no disk" : "");
        var judgement = Judged(Waiting, new InstanceDecision.Admit());
        var records = isConfirmed ? Records.With(new Confirmation(Its, 3, Arbitrary.Noon)) : Records;
        var snapshot = Snapshot(Waiting).With(records.With(attempts), Snapshot(Waiting).Group);
        var next = JudgementPlan.Next(judgement, [judgement], snapshot, [Done(new AwsAction.Admit("i-1"), succeeded)], Replace);
        Assert.Equal(empties ? new WatchStep.Act(new AwsAction.RecordAttempts(attempts.Emptied())) : null, next);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Attempts_are_emptied_after_the_release_was_confirmed(bool succeeded)
    {
        var attempts = new Attempts(Its, Arbitrary.Noon, 1, ["i-8"], "silent after the app's start");
        var confirm = new AwsAction.Confirm(new Confirmation(Its, 3, Arbitrary.Noon));
        var judgement = Judged(Serving, new InstanceDecision.Confirm(confirm.Confirmation));
        var snapshot = Snapshot(Serving).With(Records.With(attempts), Snapshot(Serving).Group);
        Assert.Equal(new WatchStep.Act(confirm), JudgementPlan.Next(judgement, [judgement], snapshot, [], Replace));
        Assert.Equal(
            succeeded ? new WatchStep.Act(new AwsAction.RecordAttempts(attempts.Emptied())) : null,
            JudgementPlan.Next(judgement, [judgement], snapshot, [Done(confirm, succeeded)], Replace));
    }

    [Fact]
    public void A_rejection_that_found_no_room_is_written_after_other_tags_were_deleted()
    {
        var judgement = Judged(Waiting, new InstanceDecision.RollBack(Rejection));
        var reported = new ReportedOutcome(new Release(3, 0), FinalOutcomeKind.Confirmed, Arbitrary.Noon);
        var snapshot = Snapshot(Waiting).With(Records.With(reported), Snapshot(Waiting).Group);
        var steps = new List<AwsAction>();
        foreach (var succeeds in new[] { false, true, true })
        {
            var action = Assert.IsType<WatchStep.Act>(JudgementPlan.Next(judgement, [judgement], snapshot, snapshot.Done, Replace)).Action;
            steps.Add(action);
            snapshot = snapshot.After(action, succeeds, Now);
        }

        Assert.Equal((new AwsAction.Reject(Rejection), new AwsAction.Reject(Rejection)), (steps[0], steps[2]));
        Assert.Equal([reported.Key], Assert.IsType<AwsAction.DeleteRecordTags>(steps[1]).Keys);
        Assert.Equal(Old, snapshot.Desired.Release);
        Assert.IsType<RunResult.RolledBack>(JudgementPlan.Result(judgement, snapshot, snapshot.Done));
    }

    [Fact]
    public void A_rejection_without_any_room_is_an_error()
    {
        var judgement = Judged(Waiting, new InstanceDecision.RollBack(Rejection));
        var error = Assert.Throws<InvalidOperationException>(() => JudgementPlan.Next(
            judgement, [judgement], Snapshot(Waiting), [Done(new AwsAction.Reject(Rejection), false)], Replace));
        Assert.Equal(
            "The launch template has too many tags for another record, and none is left that could be deleted: delete tags of others.",
            error.Message);
    }

    [Fact]
    public void A_rolled_back_release_is_rejected_before_its_instance_is_removed()
    {
        var judgement = Judged(Waiting, new InstanceDecision.RollBack(Rejection));
        Assert.Equal(
            [new AwsAction.Reject(Rejection), new AwsAction.Pin(Records.Version(2)!), new AwsAction.Abandon("i-1")], Actions(judgement));
        Assert.Equal(
            [new AwsAction.Reject(Rejection), new AwsAction.Pin(Records.Version(2)!), new AwsAction.Terminate("i-2", Old)],
            Actions(Judged(Serving, new InstanceDecision.RollBack(Rejection))));
        var rejected = Snapshot(Waiting).After(new AwsAction.Reject(Rejection), true, Now);
        var result = JudgementPlan.Result(judgement, rejected.After(new AwsAction.Abandon("i-1"), false, Now),
            [Done(new AwsAction.Reject(Rejection)), Done(new AwsAction.Abandon("i-1"), false)]);
        Assert.Equal(new RunResult.RolledBack(judgement.Facts, Records.Version(3)!, Rejection, Records.Version(2)), result);
    }

    [Fact]
    public void A_rolled_back_release_of_a_rolling_group_redirects_its_refresh()
    {
        var refresh = new InstanceRefresh("r-1", "InProgress", 3, Arbitrary.Noon, null);
        var judgement = Judged(Serving, new InstanceDecision.RollBack(Rejection));
        var snapshot = Arbitrary.Snapshot(Records, new Group("charlie", 2, 2, [Serving]));
        var steps = new List<WatchStep>();
        while (steps.Count < 10 && JudgementPlan.Next(judgement, [judgement], snapshot, snapshot.Done, Rolling) is { } step)
        {
            steps.Add(step);
            snapshot = step is WatchStep.Act act
                ? snapshot.After(act.Action, true, Now)
                : snapshot.With(snapshot.Records, snapshot.Group with { Refresh = refresh }) with { IsRefreshRead = true };
        }

        Assert.Equal(
            [
                new WatchStep.Act(new AwsAction.Reject(Rejection)), new WatchStep.ReadRefresh(),
                new WatchStep.Act(new AwsAction.RollBackRefresh(refresh, Old)), new WatchStep.Act(new AwsAction.Terminate("i-2", Old)),
            ],
            steps);
    }

    [Fact]
    public void An_instance_of_an_unknown_version_comes_to_nothing()
    {
        var judgement = Judged(Waiting with { Version = 77 }, new InstanceDecision.Admit());
        Assert.Null(Result(judgement));
        Assert.Null(JudgementPlan.Result(Judged(Waiting, new InstanceDecision.Admit()), Snapshot(Waiting), []));
    }

    private static List<AwsAction> Actions(InstanceJudgement judgement)
    {
        var actions = new List<AwsAction>();
        var snapshot = Snapshot(judgement.Facts.Instance);
        while (JudgementPlan.Next(judgement, [judgement], snapshot, snapshot.Done, Replace) is { } step)
        {
            var action = Assert.IsType<WatchStep.Act>(step).Action;
            actions.Add(action);
            Assert.True(actions.Count <= 5, "the plan has no end");
            snapshot = snapshot.After(action, true, Now);
        }

        return actions;
    }

    private static RunResult? Result(InstanceJudgement judgement, bool succeeded = true)
    {
        var snapshot = Snapshot(judgement.Facts.Instance);
        var step = JudgementPlan.Next(judgement, [judgement], snapshot, [], Replace);
        return JudgementPlan.Result(judgement, snapshot, [Done(Assert.IsType<WatchStep.Act>(step).Action, succeeded)]);
    }

    // After all its actions, the last of which another writer may have been first with.
    private static RunResult? ResultOfRemoval(InstanceJudgement judgement, bool succeeded = true)
    {
        var actions = Actions(judgement);
        return JudgementPlan.Result(
            judgement, Snapshot(judgement.Facts.Instance), [.. actions[..^1].Select(action => Done(action)), Done(actions[^1], succeeded)]);
    }

    private static DoneAction Done(AwsAction action, bool succeeded = true) => new(action, Now, succeeded);

    private static Snapshot Snapshot(GroupInstance instance) => Arbitrary.Snapshot(Records, new Group("charlie", 1, 3, [instance]));

    private static InstanceJudgement Judged(GroupInstance instance, InstanceDecision decision, Records? records = null) =>
        new(Arbitrary.Facts(instance, records ?? Records, Now) with { LaunchedAt = Arbitrary.Noon }, decision);
}
