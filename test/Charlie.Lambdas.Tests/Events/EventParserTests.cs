using Charlie.Lambdas.Events;
using Microsoft.Extensions.Time.Testing;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>Which event becomes what, by source and detail-type.</summary>
public sealed class EventParserTests
{
    private static readonly EventParser Parser = new(Example.Allowed, new FakeTimeProvider(Example.Now));

    [Theory]
    [InlineData("image-pushed", typeof(ImagePushed))]
    [InlineData("rollback-requested", typeof(RollbackRequested))]
    [InlineData("hold-requested", typeof(HoldRequested))]
    [InlineData("resume-requested", typeof(ResumeRequested))]
    [InlineData("restart-requested", typeof(RestartRequested))]
    [InlineData("stop-requested", typeof(StopRequested))]
    [InlineData("start-requested", typeof(StartRequested))]
    [InlineData("instance-launch-lifecycle-action", typeof(InstanceLaunchHook))]
    [InlineData("instance-refresh-succeeded", typeof(InstanceRefreshEnded))]
    [InlineData("alarm-fired", typeof(AlarmFired))]
    [InlineData("report-delivered", typeof(ReportDelivered))]
    [InlineData("invocation-failed", typeof(InvocationFailed))]
    [InlineData("scheduled", typeof(ScheduledSweep))]
    [InlineData("instance-terminate-lifecycle-action", typeof(UnknownEvent))]
    public void Each_real_event_becomes_its_own_type(string name, Type type) =>
        Assert.IsType(type, Parser.Parse(Example.Read(Example.Of(name))));

    [Theory]
    [InlineData("charlie.ops", "Image Pushed")]
    [InlineData("charlie.ci", "Rollback Requested")]
    [InlineData("aws.ec2", "EC2 Instance-launch Lifecycle Action")]
    [InlineData("aws.autoscaling", "EC2 Auto Scaling Instance Refresh Started")]
    [InlineData("aws.events", "Lambda Function Invocation Result - Success")]
    [InlineData("aws.lambda", "Lambda Function Invocation Result - Failure")]
    [InlineData("charlie.ci", "Scheduled Event")]
    [InlineData(null, null)]
    public void An_event_of_another_source_or_kind_is_unknown(string? source, string? detailType) =>
        Assert.Equal(new UnknownEvent(source, detailType), Parser.Parse(new EventEnvelope(source, detailType, null, default)));

    [Theory]
    [InlineData("image-pushed", "detail must be an object")]
    [InlineData("rollback-requested", "detail must be an object")]
    [InlineData(
        "instance-launch-lifecycle-action",
        "detail must name AutoScalingGroupName (missing), LifecycleHookName (missing) and EC2InstanceId (missing)")]
    [InlineData("instance-refresh-succeeded", "detail must name AutoScalingGroupName (missing)")]
    [InlineData("report-delivered", "responsePayload must name release (missing), outcome (missing) and endedAt (missing)")]
    public void An_event_whose_detail_cannot_be_used_is_invalid_with_its_reason(string name, string reason)
    {
        var example = Example.Of(name);
        example.Remove("detail");
        Assert.Equal(new InvalidEvent((string)example["detail-type"]!, reason), Parser.Parse(Example.Read(example)));
    }

    [Fact]
    public void A_push_of_a_time_to_come_is_pushed_now()
    {
        var example = Example.Of("image-pushed");
        example["time"] = "2099-01-01T00:00:00Z";
        Assert.Equal(Example.Now, Assert.IsType<ImagePushed>(Parser.Parse(Example.Read(example))).Push.PushedAt);
    }
}
