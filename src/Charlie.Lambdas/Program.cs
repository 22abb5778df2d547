using System.Runtime.InteropServices;
using System.Text.Json;
using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.Lambda.RuntimeSupport;
using Charlie.Lambdas;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Aws.Wire;
using Charlie.Lambdas.Functions;
using Charlie.Lambdas.Health;
using Charlie.Lambdas.Reports;

// Lambda names the function in _HANDLER; an exception while it is built is an init error, with its reason.
FunctionHandler? function = null;
using var stop = new StopAfterResponse(new SocketsHttpHandler { UseProxy = false });
using var runtime = new HttpClient(stop);
using var wrapper = HandlerWrapper.GetHandlerWrapper<JsonElement, DeploymentReport>(
    (document, context) => function!.HandleAsync(document, context), Composition.CreateSerializer());
using var lambda = new LambdaBootstrap(runtime, wrapper, () =>
{
    function = Composition.Build(
        Environment.GetEnvironmentVariable("_HANDLER"),
        Settings.Read(Environment.GetEnvironmentVariable),
        new LeanEc2Client(new Ec2Pipeline(ClientLimits.Limit(new AmazonEC2Config()))),
        new AutoScalingClient(ClientLimits.Limit(new AmazonAutoScalingConfig())),
        HttpProbe.CreateClient(),
        TimeProvider.System);
    return Task.FromResult(true);
});

// Lambda sends SIGTERM before it takes an environment away; an invocation already begun is completed first.
using var onStop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Stop();
});
await lambda.RunAsync(stop.Token);
