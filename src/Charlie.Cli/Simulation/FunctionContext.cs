using Amazon.Lambda.Core;
using Charlie.Sandbox.Lambda;

namespace Charlie.Cli.Simulation;

/// <summary>What Lambda tells a function about its run. Of its log only the decisions are kept.</summary>
internal sealed class FunctionContext(FunctionRun run, FunctionConfiguration function, TimeProvider time, Story story) : ILambdaContext, ILambdaLogger
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
        var decision = message.Split(' ', 2)[0] switch
        {
            "Decided" when args is [string decided, ..] => decided,
            "Created" => "CreateVersion",
            "Pinned" => "Pin",
            "Terminating" => "Terminate",
            "Started" => "StartRefresh",
            "Cancelled" => "CancelRefresh",
            "Rolling" => "RollBackRefresh",
            "Pruned" => "Prune",
            "Raised" when run.Function == "Refresh" => "RaiseFloor",
            _ => null,
        };
        if (decision is not null)
        {
            Story.Count(story.Decisions, decision);
        }
    }
}
