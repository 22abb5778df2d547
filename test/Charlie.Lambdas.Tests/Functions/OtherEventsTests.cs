using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.Functions;
using Charlie.Lambdas.Tests.Decisions;

namespace Charlie.Lambdas.Tests.Functions;

/// <summary>What a function says of an event that it does nothing about.</summary>
public sealed class OtherEventsTests
{
    [Fact]
    public void An_invalid_event_is_rejected_with_its_reason() =>
        Assert.Equal(
            new RunResult.Rejected("an event 'Image Pushed'", "detail must be an object"),
            OtherEvents.Result(new InvalidEvent("Image Pushed", "detail must be an object"), "Refresh"));

    [Fact]
    public void An_event_of_another_group_or_hook_has_nothing_to_do()
    {
        Assert.Equal(
            new RunResult.NothingToDo("hook other-launch of group other is not the launch hook of this stack"),
            OtherEvents.Result(new InstanceLaunchHook("other", "other-launch", "i-1"), "Lifecycle"));
        Assert.Equal(
            new RunResult.NothingToDo("group 'other' is not the group of this stack"),
            OtherEvents.Result(new InstanceRefreshEnded("other"), "Refresh"));
        Assert.Equal(
            new RunResult.NothingToDo("the failed event is not run again: it is too old, or the next sweep does its work"),
            OtherEvents.Result(new InvocationFailed(null), "Refresh"));
    }

    [Fact]
    public void An_event_that_the_function_does_not_know_is_rejected_with_its_name()
    {
        Assert.Equal(
            new RunResult.Rejected("an event", "Refresh does not know source 'a b' with detail-type (none)"),
            OtherEvents.Result(new UnknownEvent("a\u001bb", null), "Refresh"));
        Assert.Equal(
            new RunResult.Rejected("an event", "Lifecycle does not know source 'charlie.ci' with detail-type 'Image Pushed'"),
            OtherEvents.Result(new ImagePushed(Arbitrary.Push(new Release(5, 1), Arbitrary.Noon)), "Lifecycle"));
        Assert.Equal(
            new RunResult.Rejected("an event", "Lifecycle does not know source 'charlie.ops' with detail-type 'Rollback Requested'"),
            OtherEvents.Result(new RollbackRequested(new Rollback(new Release(5, 1), null, "", Arbitrary.Noon)), "Lifecycle"));
        Assert.Equal(
            new RunResult.Rejected(
                "an event", "Refresh does not know source 'lambda' with detail-type 'Lambda Function Invocation Result - Success'"),
            OtherEvents.Result(
                new ReportDelivered(new ReportedOutcome(new Release(5, 1), FinalOutcomeKind.Confirmed, Arbitrary.Noon)), "Refresh"));
    }

    [Fact]
    public void An_event_that_every_function_handles_is_no_other_event() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OtherEvents.Result(new ScheduledSweep(), "Refresh"));
}
