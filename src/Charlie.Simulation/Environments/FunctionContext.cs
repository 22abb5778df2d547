using Amazon.Lambda.Core;
using Charlie.Sandbox.Lambda;

namespace Charlie.Simulation.Environments;

/// <summary>What Lambda tells a function about its run. Its log is not kept.</summary>
internal sealed class FunctionContext(FunctionRun run, FunctionConfiguration function, TimeProvider time) : ILambdaContext, ILambdaLogger
{
    public string AwsRequestId => run.RequestId;

    public IClientContext ClientContext => null!;

    public string FunctionName => function.Name;

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => function.Arn;

    public ILambdaLogger Logger => this;

    public string LogGroupName => function.LogGroup ?? "";

    public string LogStreamName => "simulation";

    public int MemoryLimitInMB => function.MemorySize;

    public TimeSpan RemainingTime => run.Deadline - time.GetUtcNow();

    public void Log(string message)
    {
    }

    public void LogLine(string message)
    {
    }

    public void Log(string level, string message, params object[] args)
    {
    }
}
