using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Every combination of the facts that can make the plan of a handover differ.</summary>
public sealed class HandoverPlanExhaustiveTests
{
    private static readonly DateTimeOffset Now = Arbitrary.Noon.AddHours(5);
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);
    private static readonly Strategy HandsOver = new Strategy.Handover();
    private static readonly Handover Begun = new(Now.AddMinutes(-2), Its);
    private static readonly GroupInstance Trader = new("i-1", "InService", 2);

    private static readonly Records Records = new(
        [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)],
        [new Confirmation(Old, 2, Arbitrary.Noon)], [], []);

    [Fact]
    public void Any_state_is_brought_on_without_two_traders_and_without_a_protection_that_stays()
    {
        var reached = new HashSet<string>();
        foreach (var state in States())
        {
            reached.Add(Check(state));
        }

        Assert.Equal(Ways.Split('\n'), reached.Order(StringComparer.Ordinal));
    }

    private const string Ways =
        """

        Pin
        Pin Terminate
        Pin Terminate RecordRequest
        Protect
        Protect Pin
        Protect Pin Terminate
        Protect RecordRequest
        Protect RecordRequest Pin
        Protect RecordRequest Pin Terminate
        Protect RecordRequest Protect Resize
        Protect RecordRequest SuspendLaunches Terminate
        Protect RecordRequest SuspendLaunches Terminate Pin
        Protect RecordRequest Terminate
        Protect Resize
        Protect Resize Protect RecordRequest
        Protect Resize Protect RecordRequest SuspendLaunches Terminate
        Protect Resize Protect RecordRequest Terminate
        Protect Resize SuspendLaunches Terminate
        Protect SuspendLaunches Terminate
        Protect SuspendLaunches Terminate Pin
        Protect Terminate
        Protect Terminate RecordRequest
        Protect Terminate RecordRequest Pin
        Protect Terminate RecordRequest SuspendLaunches
        Protect Terminate RecordRequest SuspendLaunches Pin
        RecordRequest
        RecordRequest Pin
        RecordRequest Pin Terminate
        RecordRequest Protect
        RecordRequest Protect Resize
        RecordRequest SuspendLaunches
        RecordRequest SuspendLaunches Pin
        RecordRequest SuspendLaunches Terminate
        RecordRequest SuspendLaunches Terminate Pin
        RecordRequest Terminate
        Resize
        Resize RecordRequest
        Resize RecordRequest SuspendLaunches
        Resize SuspendLaunches
        SuspendLaunches
        SuspendLaunches Pin
        SuspendLaunches Terminate
        SuspendLaunches Terminate Pin
        Terminate
        Terminate RecordRequest
        Terminate RecordRequest Pin
        Terminate RecordRequest SuspendLaunches
        Terminate RecordRequest SuspendLaunches Pin
        """;

    private static string Check(State state)
    {
        var first = new Snapshot(Now, Now, state.Records, state.Group);
        var actions = new List<AwsAction>();
        for (var snapshot = first; ReconcilePlan.Next(snapshot, state.Strategy) is { } action;)
        {
            CheckAction(action, snapshot, first, state);
            actions.Add(action);
            Hold(actions.Count <= 10, state, action);
            snapshot = snapshot.After(action, succeeded: true, Now);
        }

        // A protection that no handover needs goes first of all.
        if (state.Strategy is Strategy.Handover && state.Records.OpenHandover is null
            && state.Group.Instances.FirstOrDefault(instance => instance is { IsInService: true, IsProtected: true }) is { } kept)
        {
            Hold(actions[0] == new AwsAction.Protect(kept.Id, IsProtected: false), state, actions[0]);
        }

        return string.Join(' ', actions.Select(action => action.GetType().Name));
    }

    private static void CheckAction(AwsAction action, Snapshot before, Snapshot first, State state)
    {
        var (group, records) = (before.Group, before.Records);
        var isOpen = records.OpenHandover is not null;
        switch (action)
        {
            case AwsAction.Resize { DesiredCapacity: 2 } up:
                var trader = group.Instances.Single(instance => instance.IsInService);
                Hold(state.Strategy is Strategy.Handover && !records.IsStopped && up.Version == before.Desired.Version, state, action);
                Hold(IsProtectedNow(trader, before) && IsOutdated(trader, before), state, action);
                Hold(isOpen && records.OpenHandover!.Release == before.Desired.Release, state, action);
                Hold(
                    group.DesiredCapacity == 2
                    || (group is { DesiredCapacity: 1, MinSize: 1, MaxSize: 2, NextScheduledAction: null }
                        && !HasPending(group)
                        && before.Done.Any(done => done.Action is AwsAction.RecordRequest { Tag: Handover })),
                    state,
                    action);
                break;
            case AwsAction.Resize down:
                Hold(down.DesiredCapacity == 1 && group.DesiredCapacity == 2 && isOpen, state, action);
                Hold(down.Version == before.Desired.Version, state, action);
                Hold(group.Instances.All(instance => !instance.IsInService || IsProtectedNow(instance, before)), state, action);
                break;
            case AwsAction.Protect { IsProtected: true }:
                Hold(isOpen && group.DesiredCapacity is 1 or 2, state, action);
                break;
            case AwsAction.Protect:
                Hold(!isOpen || group.DesiredCapacity is not (1 or 2) || !HasPending(group), state, action);
                Hold(isOpen || state.Strategy is Strategy.Handover, state, action);
                break;
            case AwsAction.Terminate terminate:
                var target = group.Instances.Single(instance => instance.Id == terminate.InstanceId);
                Hold(target.IsInService, state, action);
                Hold(
                    records.IsStopped || group.DesiredCapacity == 0
                    || (!HasPending(group) && IsOutdated(target, before) && group.Pin == before.Desired.Version!.Number),
                    state,
                    action);
                Hold(
                    state.Strategy is not Strategy.Handover || records.IsStopped || group.DesiredCapacity != 1
                    || group.MaxSize != 2 || group.MinSize != 1 || group.NextScheduledAction is not null,
                    state,
                    action);
                break;
            case AwsAction.RecordRequest { Tag: RequestDone { Request: RequestDone.Handover } done }:
                Hold(isOpen && done.At == records.OpenHandover!.At, state, action);
                Hold(group.DesiredCapacity is not (1 or 2) || !HasPending(group), state, action);
                break;
            case AwsAction.RecordRequest { Tag: Handover handover }:
                Hold(handover.Release == before.Desired.Release && handover.To is null, state, action);
                Hold(handover.At > (records.Handover?.At ?? default), state, action);
                break;
            case AwsAction.Pin or AwsAction.SuspendLaunches:
                break;
            default:
                Hold(false, state, action);
                break;
        }

        // Two that a person set, or more, are nobody's to change.
        Hold(
            action is not AwsAction.Resize
            || (first.Group.DesiredCapacity <= 2 && (first.Group.DesiredCapacity < 2 || first.Records.OpenHandover is not null)),
            state,
            action);
    }

    // By this run's own call: what was read may be old.
    private static bool IsProtectedNow(GroupInstance instance, Snapshot snapshot) =>
        instance.IsProtected && snapshot.Done.Any(done => done.Action == new AwsAction.Protect(instance.Id, IsProtected: true));

    private static bool HasPending(Group group) => group.Instances.Any(instance => instance.IsPending);

    private static bool IsOutdated(GroupInstance instance, Snapshot snapshot) =>
        snapshot.VersionOf(instance) is { } version && version.Release != snapshot.Desired.Release;

    private static IEnumerable<State> States() =>
        from strategy in new[] { HandsOver, new Strategy.Replace() }
        from records in AllRecords()
        from @group in AllGroups()
        select new State(strategy, records, @group);

    private static IEnumerable<Records> AllRecords() =>
        from isRejected in new[] { false, true }
        from isStopped in new[] { false, true }
        from tag in new Handover?[] { null, Begun, Begun with { Release = Old }, Begun with { To = "i-2" } }
        from isDone in new[] { false, true }
        where tag is not null || !isDone
        let desired = isRejected ? Records.With(Arbitrary.Rejection(Its, Old, Now)) : Records
        let begun = tag is null ? desired : desired.With(tag)
        let done = isDone ? begun.With(new RequestDone(RequestDone.Handover, Begun.At)) : begun
        select isStopped ? done.With(new Stopped(Now, "the broker is closed")) : done;

    private static IEnumerable<Group> AllGroups() =>
        from capacity in new[] { 0, 1, 2, 3 }
        from sizes in new[] { (1, 2), (0, 2), (1, 1) }
        from scheduled in new DateTimeOffset?[] { null, Now.AddMinutes(9) }
        from pin in new long?[] { 2, 3 }
        from one in new GroupInstance?[]
        {
            null, Trader, Trader with { IsProtected = true }, Trader with { Version = 3 }, Trader with { Version = 3, IsProtected = true },
            Trader with { Version = null }, Trader with { LifecycleState = "Terminating" },
        }
        from two in new GroupInstance?[]
        {
            null, new("i-2", "Pending", 3), new("i-2", "Pending:Wait", 3), new("i-2", "Pending:Wait", 2),
        }
        select new Group("charlie", capacity, pin, [.. new[] { one, two }.OfType<GroupInstance>()])
        {
            MinSize = sizes.Item1,
            MaxSize = sizes.Item2,
            NextScheduledAction = scheduled,
        };

    private static void Hold(bool holds, State state, AwsAction action)
    {
        if (!holds)
        {
            var (group, records) = (state.Group, state.Records);
            Assert.Fail(
                $"{action} with {state.Strategy.GetType().Name} for {group.DesiredCapacity} of {group.MinSize} to {group.MaxSize}, pin"
                + $" {group.Pin}, {group.NextScheduledAction}, {string.Join(", ", group.Instances)}; {records.Handover?.Value},"
                + $" {(records.OpenHandover is null ? "over" : "open")}, {(records.IsStopped ? "stopped" : "")},"
                + $" {records.Rejections.Length} rejected");
        }
    }

    private sealed record State(Strategy Strategy, Records Records, Group Group);
}
