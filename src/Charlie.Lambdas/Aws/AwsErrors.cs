using System.Collections.Frozen;
using Amazon.Runtime;

namespace Charlie.Lambdas.Aws;

/// <summary>
/// AWS's error codes by what they mean for Charlie. What is in no set here is thrown on: Lambda runs the event again,
/// and the sweep comes every minute.
/// </summary>
internal static class AwsErrors
{
    private static readonly FrozenSet<string> LifecycleActionCodes = FrozenSet.Create("ValidationError");

    private static readonly FrozenSet<string> RefreshInProgressCodes = FrozenSet.Create("InstanceRefreshInProgress");

    private static readonly FrozenSet<string> RefreshGoneCodes = FrozenSet.Create("ActiveInstanceRefreshNotFound");

    private static readonly FrozenSet<string> RefreshIrreversibleCodes = FrozenSet.Create("IrreversibleInstanceRefresh");

    private const string NoActiveLifecycleAction = "No active Lifecycle Action found";

    /// <summary>
    /// Somebody else completed the lifecycle action, or its hook timed out. AWS gives it the code of every invalid
    /// request, so its words have to tell.
    /// </summary>
    public static bool IsLifecycleActionGone(AmazonServiceException error) =>
        LifecycleActionCodes.Contains(error.ErrorCode ?? "")
        && error.Message.StartsWith(NoActiveLifecycleAction, StringComparison.OrdinalIgnoreCase);

    /// <summary>A group has one active instance refresh at most.</summary>
    public static bool IsRefreshInProgress(AmazonServiceException error) => RefreshInProgressCodes.Contains(error.ErrorCode ?? "");

    /// <summary>The instance refresh ended by itself or somebody ended it.</summary>
    public static bool IsRefreshGone(AmazonServiceException error) => RefreshGoneCodes.Contains(error.ErrorCode ?? "");

    /// <summary>The group does not know what to roll the instance refresh back to.</summary>
    public static bool IsRefreshIrreversible(AmazonServiceException error) => RefreshIrreversibleCodes.Contains(error.ErrorCode ?? "");
}
