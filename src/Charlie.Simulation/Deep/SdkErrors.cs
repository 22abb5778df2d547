using System.Net;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.Runtime;
using Charlie.Sandbox.Wire;

namespace Charlie.Simulation.Deep;

/// <summary>The exceptions that the SDK makes of AWS's errors.</summary>
internal static class SdkErrors
{
    /// <summary>The error codes that have a type of their own, each with the operations that are documented with it.</summary>
    private static readonly Dictionary<(string Action, string Code), Func<AwsException, AmazonServiceException>> Typed = new()
    {
        [("StartInstanceRefresh", "InstanceRefreshInProgress")] = error =>
            new InstanceRefreshInProgressException(error.Message, null, ErrorType.Sender, error.Code, null, Status(error)),
        [("CancelInstanceRefresh", "ActiveInstanceRefreshNotFound")] = NotFound,
        [("RollbackInstanceRefresh", "ActiveInstanceRefreshNotFound")] = NotFound,
        [("RollbackInstanceRefresh", "IrreversibleInstanceRefresh")] = error =>
            new IrreversibleInstanceRefreshException(error.Message, null, ErrorType.Sender, error.Code, null, Status(error)),
        [("TerminateInstanceInAutoScalingGroup", "ScalingActivityInProgress")] = InProgress,
        [("UpdateAutoScalingGroup", "ScalingActivityInProgress")] = InProgress,
    };

    public static AmazonServiceException Of(ApiCallRequest call, AwsException error) => call.Service == "ec2"
        ? new AmazonEC2Exception(error.Message, null, ErrorType.Unknown, error.Code, null, Status(error))
        : Typed.TryGetValue((call.Action, error.Code), out var make) ? make(error)
        : new AmazonAutoScalingException(
            error.Message, null, error.Status < 500 ? ErrorType.Sender : ErrorType.Receiver, error.Code, null, Status(error));

    private static HttpStatusCode Status(AwsException error) => (HttpStatusCode)error.Status;

    private static ActiveInstanceRefreshNotFoundException NotFound(AwsException error) =>
        new(error.Message, null, ErrorType.Sender, error.Code, null, Status(error));

    private static ScalingActivityInProgressException InProgress(AwsException error) =>
        new(error.Message, null, ErrorType.Sender, error.Code, null, Status(error));
}
