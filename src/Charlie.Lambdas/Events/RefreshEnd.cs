namespace Charlie.Lambdas.Events;

/// <summary>
/// <c>EC2 Auto Scaling Instance Refresh Succeeded</c>, <c>Failed</c> and <c>Cancelled</c>, and those of its rollback: only
/// a hint to look.
/// </summary>
internal static class RefreshEnd
{
    public const string Source = "aws.autoscaling";

    private const string DetailType = "EC2 Auto Scaling Instance Refresh ";

    public static bool IsOne(EventEnvelope envelope) =>
        envelope.DetailType is DetailType + "Succeeded" or DetailType + "Failed" or DetailType + "Cancelled"
            or DetailType + "Rollback Succeeded" or DetailType + "Rollback Failed";

    /// <summary>The group whose refresh it was.</summary>
    /// <exception cref="InvalidEventException">The event names none.</exception>
    public static string Read(EventEnvelope envelope) =>
        Fields.Text(envelope.Detail, "AutoScalingGroupName") is { Length: > 0 } group
            ? group
            : throw new InvalidEventException($"detail must name AutoScalingGroupName ({Fields.Show(envelope.Detail, "AutoScalingGroupName")})");
}
