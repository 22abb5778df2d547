using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>The real lifecycle action of a launch is read; a malformed one is refused with all three fields named.</summary>
public sealed class InstanceLaunchHookTests
{
    private const string Name = "instance-launch-lifecycle-action";

    private static readonly InstanceLaunchHook Expected = new("charlie", "charlie-launch", "i-0abcdef1234567890");

    [Fact]
    public void The_real_event_is_read() => Assert.Equal(Expected, InstanceLaunchHook.Read(Example.Read(Example.Of(Name))));

    [Theory]
    [InlineData("Origin")]
    [InlineData("Destination")]
    [InlineData("NotificationMetadata")]
    [InlineData("LifecycleActionToken")]
    public void A_field_that_is_not_needed_may_be_missing(string field) =>
        Assert.Equal(Expected, InstanceLaunchHook.Read(Example.Without(Name, field)));

    [Theory]
    [InlineData("AutoScalingGroupName", "missing", "\"charlie-launch\"", "\"i-0abcdef1234567890\"")]
    [InlineData("LifecycleHookName", "\"charlie\"", "missing", "\"i-0abcdef1234567890\"")]
    [InlineData("EC2InstanceId", "\"charlie\"", "\"charlie-launch\"", "missing")]
    public void A_needed_field_that_is_missing_is_refused(string field, string group, string hook, string instance) =>
        Assert.Equal(
            $"detail must name AutoScalingGroupName ({group}), LifecycleHookName ({hook}) and EC2InstanceId ({instance})",
            Assert.Throws<InvalidEventException>(() => InstanceLaunchHook.Read(Example.Without(Name, field))).Message);

    [Theory]
    [InlineData("AutoScalingGroupName", "\"\"")]
    [InlineData("LifecycleHookName", "\"\"")]
    [InlineData("EC2InstanceId", "\"\"")]
    [InlineData("EC2InstanceId", "\"i-0abcdef\"")]
    [InlineData("EC2InstanceId", "\"i-0abcdef12345678901\"")]
    [InlineData("EC2InstanceId", "\"i-0ABCDEF1234567890\"")]
    [InlineData("EC2InstanceId", "\"i-0abcdef1234567890\\n\"")]
    [InlineData("EC2InstanceId", "\"mi-0abcdef1234567890\"")]
    [InlineData("EC2InstanceId", "7")]
    public void A_needed_field_that_is_malformed_is_refused(string field, string value) =>
        Assert.Throws<InvalidEventException>(() => InstanceLaunchHook.Read(Example.With(Name, field, value)));

    [Fact]
    public void An_event_without_a_detail_is_refused() =>
        Assert.Throws<InvalidEventException>(() => InstanceLaunchHook.Read(Example.ReadText("{}")));
}
