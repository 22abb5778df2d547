using Charlie.Lambdas.Decisions;
using static Charlie.Lambdas.Tests.Decisions.SmallRecords;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Every combination of the small facts about records and group that can make the plan differ.</summary>
public sealed class ReconcilePlanExhaustiveTests
{
    private static readonly Strategy Replace = new Strategy.Replace();
    private static readonly Strategy Rolling = new Strategy.Rolling(90, 100, TimeSpan.FromSeconds(60));

    private static readonly long?[] Versions = [null, 1, 2, 3, 4];

    // One status of each kind: Baking is as InProgress, Failed and Cancelled as Successful, RollbackFailed as RollbackSuccessful.
    private static readonly string[] RefreshStates =
        ["Pending", "InProgress", "Cancelling", "RollbackInProgress", "Successful", "RollbackSuccessful"];

    [Fact]
    public void Any_state_leads_to_the_desired_release_by_few_allowed_actions()
    {
        var (count, reached) = (0, new HashSet<string>());
        foreach (var records in All())
        {
            CheckDesired(records, DesiredRelease.Of(records));
            foreach (var (group, strategy) in AllGroups())
            {
                count++;
                reached.Add(Check(records, group, strategy));
            }
        }

        Assert.InRange(count, 100_000, 150_000);
        Assert.Equal(
            [
                "Replace", "Replace Pin", "Replace Pin Terminate", "Replace Pin Terminate Terminate",
                "Replace Terminate", "Replace Terminate Terminate",
                "Rolling", "Rolling CancelRefresh", "Rolling Pin", "Rolling Pin StartRefresh",
                "Rolling RollBackRefresh", "Rolling StartRefresh",
            ],
            reached.Order(StringComparer.Ordinal));
    }

    private static void CheckDesired(Records records, DesiredRelease desired)
    {
        Assert.Equal(desired.Release, desired.Version?.Release ?? desired.Release);
        Assert.False(records.EffectiveRejection?.Covers(desired.Release) ?? false);
        Assert.True(records.ConfirmationOf(desired.Release) is not { } tag || desired.Version?.Number == tag.Version);
        Assert.DoesNotContain(
            records.Versions, version => version.Release > desired.Release && !(records.EffectiveRejection?.Through >= version.Release));
    }

    private static string Check(Records records, Group group, Strategy strategy)
    {
        var first = Arbitrary.Snapshot(records, group);
        var actions = Plan(first, strategy);
        string What() => $"{strategy}: {string.Join(", ", actions)} for {group} with {records.EffectiveRejection}";
        if (InstanceRefresh.RejectionOf(group, first.Desired, records, Now) is { } rejection)
        {
            Hold(group.Refresh!.Status.StartsWith("Rollback", StringComparison.Ordinal), What);
            Hold(records.Version(group.Refresh.Version)?.Release == first.Desired.Release, What);
            CheckRejection(rejection, first.Desired.Release, records, What);
        }

        var rolling = strategy is Strategy.Rolling;
        var active = rolling && group.Refresh is { Status: "Pending" or "InProgress" or "Cancelling" or "RollbackInProgress" };
        Hold(actions.Distinct().Count() == actions.Count, What);
        Hold(!active || actions is [] or [AwsAction.CancelRefresh or AwsAction.RollBackRefresh], What);
        foreach (var action in actions)
        {
            CheckAction(action, first, actions, rolling, active, What);
        }

        // Done, and with what AWS makes of it, the group runs nothing else and is left alone.
        var after = group;
        for (var (rounds, next) = (0, actions); next.Count > 0; rounds++)
        {
            Hold(rounds < 4, What);
            after = Executed(next, after);
            next = Plan(Arbitrary.Snapshot(records, after), strategy);
        }

        var left = after.Instances.Any(instance => instance.IsInService && Of(instance) is { } its && its != first.Desired.Release);
        Hold(!left || first.Desired.Version is null || active || (!rolling && after.Instances.Any(instance => instance.IsPending)), What);
        return string.Join(' ', [strategy.GetType().Name, .. actions.Select(action => action.GetType().Name)]);

        Release? Of(GroupInstance instance) => records.Version(instance.Version)?.Release;
    }

    private static void CheckAction(
        AwsAction action, Snapshot first, List<AwsAction> actions, bool rolling, bool active, Func<string> what)
    {
        var desired = first.Desired;
        switch (action)
        {
            case AwsAction.Pin pin:
                Hold(pin.Version == desired.Version && actions[0] == action && first.Group.Pin != pin.Version.Number, what);
                break;
            case AwsAction.Terminate terminate:
                var instance = first.Group.Instances.Single(one => one.Id == terminate.InstanceId);
                Hold(!rolling && terminate.For == desired.Release && instance.LifecycleState == "InService", what);
                Hold(first.VersionOf(instance)?.Release is { } its && its != desired.Release, what);
                Hold((actions.OfType<AwsAction.Pin>().SingleOrDefault()?.Version.Number ?? first.Group.Pin) == desired.Version!.Number,
                    what);
                break;
            case AwsAction.StartRefresh start:
                Hold(rolling && !active && start.Version == desired.Version, what);
                Hold(start.AutoRollback != first.Records.IsConfirmed(desired.Release), what);
                Hold(!start.AutoRollback || actions.Count == 1, what);
                break;
            case AwsAction.CancelRefresh cancel:
                Hold(rolling && active && cancel.Refresh == first.Group.Refresh && cancel.Refresh.Status != "Cancelling", what);
                break;
            case AwsAction.RollBackRefresh back:
                Hold(rolling && active && back.Refresh is { Status: "InProgress", Version: not null }, what);
                Hold(first.Group.Pin == desired.Version!.Number && back.For == desired.Release, what);
                break;
            default:
                Assert.Fail(what());
                break;
        }
    }

    private static List<AwsAction> Plan(Snapshot snapshot, Strategy strategy)
    {
        var actions = new List<AwsAction>();
        for (; ReconcilePlan.Next(snapshot, strategy) is { } action; snapshot = snapshot.After(action, true, Now))
        {
            actions.Add(action);
            Assert.True(actions.Count <= 5, "the plan has no end");
        }

        return actions;
    }

    private static Group Executed(IEnumerable<AwsAction> actions, Group group) =>
        actions.Aggregate(group, static (group, action) => action switch
    {
        AwsAction.Pin pin => group with { Pin = pin.Version.Number },
        AwsAction.Terminate terminate =>
            group with { Instances = [.. group.Instances.Where(instance => instance.Id != terminate.InstanceId)] },
        AwsAction.CancelRefresh cancel => group with { Refresh = cancel.Refresh with { Status = "Cancelled" } },
        AwsAction.RollBackRefresh back => group with
        {
            Refresh = back.Refresh with { Status = "RollbackSuccessful" },
            Instances = [.. group.Instances.Select(instance => instance with { Version = group.Pin })],
        },
        AwsAction.StartRefresh start => group with
        {
            Pin = start.Version.Number,
            Refresh = new InstanceRefresh("r-2", "Successful", start.Version.Number, Now, null),
            Instances = [.. group.Instances.Select(instance => instance with { Version = start.Version.Number })],
        },
        _ => throw new ArgumentOutOfRangeException(nameof(actions), action, "Not an action of the plan."),
    });

    // With Replace the group carries no instance refresh; with Rolling a pending instance counts as one in service.
    private static IEnumerable<(Group Group, Strategy Strategy)> AllGroups() =>
        (from pin in Versions[1..]
         from state in new[] { "Pending:Wait", "InService", "Standby" }
         from version in Versions
         from other in new GroupInstance?[] { null, new("i-2", "InService", 2), new("i-2", "Pending:Wait", 3) }
         select (Group(pin, state, version, other), Replace))
        .Concat(
            from pin in Versions[1..]
            from state in new[] { "InService", "Standby" }
            from version in Versions
            from other in new GroupInstance?[] { null, new("i-2", "Pending:Wait", 3) }
            from refresh in AllRefreshes()
            select (Group(pin, state, version, other) with { Refresh = refresh }, Rolling));

    private static IEnumerable<InstanceRefresh?> AllRefreshes() =>
        RefreshStates
            .SelectMany(status => new long?[] { null, 3, 4 }, (status, version) =>
                new InstanceRefresh("r-1", status, version, Now.AddMinutes(-5), null))
            .Prepend(null);

    private static Group Group(long? pin, string state, long? version, GroupInstance? other) =>
        new("charlie", 1, pin, other is null ? [new("i-1", state, version)] : [new("i-1", state, version), other]);
}
