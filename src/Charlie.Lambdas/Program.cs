using System.Runtime.InteropServices;
using System.Text.Json;
using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Runtime;
using Charlie.Lambdas;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Aws.Wire;
using Charlie.Lambdas.Functions;
using Charlie.Lambdas.Health;
using Charlie.Lambdas.Reports;

// Lambda names the function in _HANDLER; an exception while it is built is an init error, with its reason.
ILambdaHandler? function = null;
using var stop = new StopAfterResponse(new SocketsHttpHandler { UseProxy = false });
using var runtime = new HttpClient(stop);
using var wrapper = HandlerWrapper.GetHandlerWrapper<JsonElement, DeploymentReport?>(
    (document, context) => function!.HandleAsync(document, context), Composition.CreateSerializer());
using var lambda = new LambdaBootstrap(runtime, wrapper, () =>
{
    var handler = Environment.GetEnvironmentVariable("_HANDLER");
    var settings = Settings.Read(Environment.GetEnvironmentVariable);
    function = handler switch
    {
        Composition.Notify => BuildNotify(settings, NotifySettings.Read(Environment.GetEnvironmentVariable)),
        Composition.GitLab => BuildGitLab(GitLabSettings.Read(settings.Origin.ProjectUrl, Environment.GetEnvironmentVariable)),
        _ => Composition.Build(
            handler,
            settings,
            new LeanEc2Client(new Ec2Pipeline(ClientLimits.Limit(new AmazonEC2Config()))),
            new AutoScalingClient(ClientLimits.Limit(new AmazonAutoScalingConfig())),
            HttpProbe.CreateClient(),
            TimeProvider.System),
    };
    return Task.FromResult(true);
});

// Lambda sends SIGTERM before it takes an environment away; an invocation already begun is completed first.
using var onStop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Stop();
});
await lambda.RunAsync(stop.Token);

static NotifyHandler BuildNotify(Settings settings, NotifySettings own) =>
    Composition.BuildNotify(settings, own, arn => new SnsTopic(Calls(), arn));

static GitLabHandler BuildGitLab(GitLabSettings own) =>
    Composition.BuildGitLab(own, Http(), arn => new SecretText(Calls(), arn), TimeProvider.System);

static SignedCalls Calls() => new(
    Http(),
    new EnvironmentVariablesAWSCredentials(),
    Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") is { } endpoint ? new Uri(endpoint) : null,
    TimeProvider.System);

static HttpMessageInvoker Http() => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
