namespace Charlie.Lambdas.Events;

/// <summary>
/// <c>EC2 Auto Scaling Instance Refresh Succeeded</c>, <c>Failed</c> and <c>Cancelled</c>, and those of its rollback: only
/// a hint to look.
/// </summary>
internal sealed record InstanceRefreshEnded(string GroupName) : InboundEvent
{
    public const string Source = "aws.autoscaling";

    private const string Prefix = "EC2 Auto Scaling Instance Refresh ";

    public static bool IsDetailType(string? detailType) =>
        detailType is Prefix + "Succeeded" or Prefix + "Failed" or Prefix + "Cancelled"
            or Prefix + "Rollback Succeeded" or Prefix + "Rollback Failed";

    /// <exception cref="InvalidEventException">The event names no group.</exception>
    public static InstanceRefreshEnded Read(EventEnvelope envelope) =>
        Fields.Text(envelope.Detail, "AutoScalingGroupName") is { Length: > 0 } group
            ? new InstanceRefreshEnded(group)
            : throw new InvalidEventException(
                $"detail must name AutoScalingGroupName ({Fields.Show(envelope.Detail, "AutoScalingGroupName")})");
}
