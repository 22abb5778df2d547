using System.Collections.Frozen;
using Amazon.Runtime;

namespace Charlie.Lambdas.Aws;

/// <summary>
/// AWS's error codes by what they mean for Charlie. Any other error is thrown: Lambda runs the event again, and the sweep
/// comes every minute.
/// </summary>
internal static class AwsErrors
{
    private static readonly FrozenSet<string> ValidationCodes = FrozenSet.Create("ValidationError");

    private static readonly FrozenSet<string> RefreshInProgressCodes = FrozenSet.Create("InstanceRefreshInProgress");

    private static readonly FrozenSet<string> RefreshGoneCodes = FrozenSet.Create("ActiveInstanceRefreshNotFound");

    private static readonly FrozenSet<string> RefreshIrreversibleCodes = FrozenSet.Create("IrreversibleInstanceRefresh");

    private static readonly FrozenSet<string> TagLimitCodes = FrozenSet.Create("TagLimitExceeded");

    private static readonly FrozenSet<string> SameTokenCodes = FrozenSet.Create("IdempotentParameterMismatch");

    private static readonly FrozenSet<string> ScalingActivityCodes = FrozenSet.Create("ScalingActivityInProgress");

    private const string NoActiveLifecycleAction = "No active Lifecycle Action found";

    private const string BelowMinimum = "Currently, desiredSize equals minSize";

    // "The instance i-0123 is not part of Auto Scaling group bot.", "The instance i-0123 is not in InService or EnteringStandby
    // or Standby." and "Instance Id not found - No managed instance found for instance ID: i-0123".
    private static readonly string[] InstanceGoneWords =
        ["is not part of Auto Scaling group", "is not in InService", "Instance Id not found"];

    /// <summary>
    /// Another writer completed the lifecycle action, or its hook timed out. AWS gives it the code of every invalid
    /// request, so its message decides.
    /// </summary>
    public static bool IsLifecycleActionGone(AmazonServiceException error) =>
        ValidationCodes.Contains(error.ErrorCode ?? "")
        && error.Message.StartsWith(NoActiveLifecycleAction, StringComparison.OrdinalIgnoreCase);

    /// <summary>The instance has left the group, or is about to. AWS gives it the code of every invalid request.</summary>
    public static bool IsInstanceGone(AmazonServiceException error) =>
        ValidationCodes.Contains(error.ErrorCode ?? "")
        && Array.Exists(InstanceGoneWords, words => error.Message.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>The desired capacity is the group's minimum. AWS gives it the code of every invalid request.</summary>
    public static bool IsBelowMinimum(AmazonServiceException error) =>
        ValidationCodes.Contains(error.ErrorCode ?? "")
        && error.Message.StartsWith(BelowMinimum, StringComparison.OrdinalIgnoreCase);

    /// <summary>A call with the same client token and other parameters was answered before.</summary>
    public static bool IsTokenUsed(AmazonServiceException error) => SameTokenCodes.Contains(error.ErrorCode ?? "");

    /// <summary>The instance is being terminated already.</summary>
    public static bool IsScalingActivityInProgress(AmazonServiceException error) => ScalingActivityCodes.Contains(error.ErrorCode ?? "");

    /// <summary>A group has one active instance refresh at most.</summary>
    public static bool IsRefreshInProgress(AmazonServiceException error) => RefreshInProgressCodes.Contains(error.ErrorCode ?? "");

    /// <summary>The instance refresh has ended.</summary>
    public static bool IsRefreshGone(AmazonServiceException error) => RefreshGoneCodes.Contains(error.ErrorCode ?? "");

    /// <summary>The launch template has as many tags as EC2 allows.</summary>
    public static bool IsTagLimit(AmazonServiceException error) => TagLimitCodes.Contains(error.ErrorCode ?? "");

    /// <summary>The group does not know what to roll the instance refresh back to.</summary>
    public static bool IsRefreshIrreversible(AmazonServiceException error) => RefreshIrreversibleCodes.Contains(error.ErrorCode ?? "");
}
