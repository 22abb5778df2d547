using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal sealed class LambdaContext(NextInvocation invocation, InvocationLog log, TimeProvider time) : ILambdaContext
{
    private readonly Lazy<IClientContext> _clientContext = new(() => MobileContext.ParseClient(invocation.ClientContext));
    private readonly Lazy<ICognitoIdentity> _identity = new(() => MobileContext.ParseIdentity(invocation.CognitoIdentity));

    public string AwsRequestId => invocation.AwsRequestId;

    public IClientContext ClientContext => _clientContext.Value;

    public string FunctionName => FunctionEnvironment.FunctionName;

    public string FunctionVersion => FunctionEnvironment.FunctionVersion;

    public ICognitoIdentity Identity => _identity.Value;

    public string InvokedFunctionArn => invocation.InvokedFunctionArn;

    public ILambdaLogger Logger { get; } = new LambdaLogger(log);

    public string LogGroupName => FunctionEnvironment.LogGroupName;

    public string LogStreamName => FunctionEnvironment.LogStreamName;

    public int MemoryLimitInMB => FunctionEnvironment.MemoryLimitInMB;

    public TimeSpan RemainingTime => invocation.Deadline - time.GetUtcNow();

    public string TenantId => invocation.TenantId;

    public string TraceId => invocation.TraceId;
}
