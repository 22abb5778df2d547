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

    private const string NoActiveLifecycleAction = "No active Lifecycle Action found";

    /// <summary>
    /// Somebody else completed the lifecycle action, or its hook timed out. AWS gives it the code of every invalid
    /// request, so its words have to tell.
    /// </summary>
    public static bool IsLifecycleActionGone(AmazonServiceException error) =>
        LifecycleActionCodes.Contains(error.ErrorCode ?? "")
        && error.Message.StartsWith(NoActiveLifecycleAction, StringComparison.OrdinalIgnoreCase);
}
