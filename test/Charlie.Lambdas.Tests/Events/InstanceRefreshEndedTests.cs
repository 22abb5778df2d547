using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>The events of a group's instance refresh that ended.</summary>
public sealed class InstanceRefreshEndedTests
{
    [Fact]
    public void The_real_event_is_read() =>
        Assert.Equal(
            new InstanceRefreshEnded("charlie"), InstanceRefreshEnded.Read(Example.Read(Example.Of("instance-refresh-succeeded"))));

    [Theory]
    [InlineData("EC2 Auto Scaling Instance Refresh Succeeded", true)]
    [InlineData("EC2 Auto Scaling Instance Refresh Failed", true)]
    [InlineData("EC2 Auto Scaling Instance Refresh Cancelled", true)]
    [InlineData("EC2 Auto Scaling Instance Refresh Rollback Succeeded", true)]
    [InlineData("EC2 Auto Scaling Instance Refresh Rollback Failed", true)]
    [InlineData("EC2 Auto Scaling Instance Refresh Started", false)]
    [InlineData("EC2 Auto Scaling Instance Refresh Rollback Started", false)]
    [InlineData("EC2 Auto Scaling Instance Refresh Checkpoint Reached", false)]
    [InlineData(null, false)]
    public void Only_an_end_is_one_of_its_detail_types(string? detailType, bool isIt) =>
        Assert.Equal(isIt, InstanceRefreshEnded.IsDetailType(detailType));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("7")]
    public void An_event_without_a_group_is_refused(string group) =>
        Assert.Equal(
            $"detail must name AutoScalingGroupName ({group})",
            Assert.Throws<InvalidEventException>(() =>
                InstanceRefreshEnded.Read(Example.With("instance-refresh-succeeded", "AutoScalingGroupName", group))).Message);
}
