using System.Runtime.InteropServices;
using System.Text.Json;
using Amazon.AutoScaling;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Charlie.Lambdas;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Aws.Wire;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.Functions;
using Charlie.Lambdas.Health;

// Lambda names the function in _HANDLER; what goes wrong while it is made is an init error, with its reason.
IFunction? function = null;
using var wrapper = HandlerWrapper.GetHandlerWrapper<JsonElement, DeploymentReport>(
    (document, context) => function!.HandleAsync(document, context),
    new SourceGeneratorLambdaJsonSerializer<CharlieJson>((JsonSerializerOptions options) =>
    {
        // The serializer's own naming policy would win over the context's.
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        // EventBridge takes 1000 levels, and an event has to be read before it can be refused.
        options.MaxDepth = 1024;
    }));
using var lambda = new LambdaBootstrap(wrapper, () =>
{
    function = Compose(Environment.GetEnvironmentVariable("_HANDLER"), Settings.Read(Environment.GetEnvironmentVariable), TimeProvider.System);
    return Task.FromResult(true);
});

// Lambda sends SIGTERM before it takes an environment away; an invocation already begun is answered first.
using var stopping = new CancellationTokenSource();
using var onStop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stopping.Cancel();
});
await lambda.RunAsync(stopping.Token);

static IFunction Compose(string? handler, Settings settings, TimeProvider time)
{
    var ec2 = new LeanEc2Client();
    var template = new LaunchTemplateRecords(ec2, settings.LaunchTemplateId);
    var groups = new AutoScalingGroups(
        new AmazonAutoScalingClient(), settings.GroupName, settings.LaunchHookName, settings.LaunchTemplateId);
    var convergence = new GroupConvergence(groups, time);
    return handler switch
    {
        "Refresh" => new RefreshFunction(settings, template, groups, convergence, time),
        "Lifecycle" => new LifecycleFunction(
            settings,
            new WatchTools(
                template,
                groups,
                new Ec2Instances(ec2),
                convergence,
                new HttpProbe(HttpProbe.CreateClient(), settings.HealthPort, settings.HealthPath, time),
                time)),
        _ => throw new SettingsException($"_HANDLER is '{handler}': the function's Handler must be Refresh or Lifecycle."),
    };
}
