using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Aws.Wire;
using Charlie.Simulation.Deep;

namespace Charlie.Simulation.Environments;

/// <summary>
/// The official clients as the functions have them, but that their bytes go through a handler in memory and their
/// waits pass in simulated time.
/// </summary>
internal static class InMemoryClients
{
    // The retry quota is kept by URL for the whole process, so it is off.
    private const string Url = "http://aws.simulation/";

    public static Ec2Pipeline Ec2(string accessKey, InMemoryHttp http) =>
        new SimulatedEc2Client(
            new BasicAWSCredentials(accessKey, "not-a-secret"),
            ClientLimits.Limit(new AmazonEC2Config
            {
                ServiceURL = Url,
                AuthenticationRegion = "us-east-1",
                HttpClientFactory = http,
                ThrottleRetries = false
            }));

    public static AutoScalingClient AutoScaling(string accessKey, InMemoryHttp http) =>
        new SimulatedAutoScalingClient(
            new BasicAWSCredentials(accessKey, "not-a-secret"),
            ClientLimits.Limit(new AmazonAutoScalingConfig
            {
                ServiceURL = Url,
                AuthenticationRegion = "us-east-1",
                HttpClientFactory = http,
                ThrottleRetries = false
            }));

    public static SnsTopic Topic(string accessKey, string arn, InMemoryHttp http) =>
        new(new SignedCalls(http.Invoker, new BasicAWSCredentials(accessKey, "not-a-secret"), new Uri(Url), http.Time), arn);

    private static void WaitInSimulatedTime(RuntimePipeline pipeline, IClientConfig config) =>
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new SimulatedRetryPolicy(config)));

    private sealed class SimulatedEc2Client(AWSCredentials credentials, AmazonEC2Config config) : Ec2Pipeline(credentials, config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            WaitInSimulatedTime(pipeline, Config);
        }
    }

    private sealed class SimulatedAutoScalingClient(AWSCredentials credentials, AmazonAutoScalingConfig config)
        : AutoScalingClient(credentials, config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            WaitInSimulatedTime(pipeline, Config);
        }
    }

    /// <summary>The SDK's standard policy; only its wait is another.</summary>
    private sealed class SimulatedRetryPolicy(IClientConfig config) : StandardRetryPolicy(config)
    {
        private readonly InMemoryHttp http = (InMemoryHttp)config.HttpClientFactory;

        public override Task WaitBeforeRetryAsync(IExecutionContext executionContext) =>
            Task.Delay(SdkRetries.WaitBefore(executionContext.RequestContext.Retries, http.Random), http.Time);
    }
}

/// <summary>Gives the SDK its connection.</summary>
internal sealed class InMemoryHttp(HttpMessageHandler wire, TimeProvider time, Random random) : HttpClientFactory, IDisposable
{
    // Real time has no place here, so the client itself never gives up: the wire does, after the clients' limit.
    private readonly HttpClient client = new(wire) { Timeout = Timeout.InfiniteTimeSpan };

    public HttpMessageInvoker Invoker => client;

    public TimeProvider Time => time;

    public Random Random => random;

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => client.Dispose();
}
