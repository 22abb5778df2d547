using System.Collections.Frozen;
using Amazon.Runtime;

namespace Charlie.Lambdas.Aws;

/// <summary>
/// AWS's error codes by what they mean for Charlie. Any other error is thrown: Lambda runs the event again, and the sweep
/// comes every minute.
/// </summary>
internal static class AwsErrors
{
    private static readonly FrozenSet<string> LifecycleActionCodes = FrozenSet.Create("ValidationError");

    private static readonly FrozenSet<string> RefreshInProgressCodes = FrozenSet.Create("InstanceRefreshInProgress");

    private static readonly FrozenSet<string> RefreshGoneCodes = FrozenSet.Create("ActiveInstanceRefreshNotFound");

    private static readonly FrozenSet<string> RefreshIrreversibleCodes = FrozenSet.Create("IrreversibleInstanceRefresh");

    private static readonly FrozenSet<string> TagLimitCodes = FrozenSet.Create("TagLimitExceeded");

    private static readonly FrozenSet<string> SameTokenCodes = FrozenSet.Create("IdempotentParameterMismatch");

    private static readonly FrozenSet<string> ScalingActivityCodes = FrozenSet.Create("ScalingActivityInProgress");

    private const string NoActiveLifecycleAction = "No active Lifecycle Action found";

    /// <summary>
    /// Another writer completed the lifecycle action, or its hook timed out. AWS gives it the code of every invalid
    /// request, so its message decides.
    /// </summary>
    public static bool IsLifecycleActionGone(AmazonServiceException error) =>
        LifecycleActionCodes.Contains(error.ErrorCode ?? "")
        && error.Message.StartsWith(NoActiveLifecycleAction, StringComparison.OrdinalIgnoreCase);

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
