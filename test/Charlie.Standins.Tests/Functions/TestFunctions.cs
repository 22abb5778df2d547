using System.Runtime.InteropServices;
using System.Text;
using Amazon.AutoScaling;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Charlie.Standins.Tests.Functions;

/// <summary>Small functions that run in a process of their own, as Lambda runs them.</summary>
internal static class TestFunctions
{
    public static async Task RunAsync(string handler)
    {
        var builder = handler switch
        {
            "environment" => LambdaBootstrapBuilder.Create(ReturnEnvironment),
            "log" => LambdaBootstrapBuilder.Create(Log),
            "groups" => LambdaBootstrapBuilder.Create(NameGroups),
            "broken-init" => LambdaBootstrapBuilder.Create(ReturnEnvironment).UseBootstrapHandler(BreakInit),
            _ => throw new ArgumentException($"No test function is called '{handler}'."),
        };

        using var stop = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        using var bootstrap = builder.Build();
        await bootstrap.RunAsync(stop.Token);
    }

    private static Task<Stream> ReturnEnvironment(Stream input, ILambdaContext context) => Respond(string.Join(
        '|',
        Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"),
        context.FunctionName,
        context.FunctionVersion,
        context.MemoryLimitInMB,
        context.LogGroupName,
        context.LogStreamName));

    private static Task<Stream> Log(Stream input, ILambdaContext context)
    {
        ILambdaLogger log = context.Logger;
        log.LogDebug("hidden unless asked for");
        log.LogInformation("{Count} instances of {Group} in {Zones} {{sic}}", 2, "web", new List<string> { "a", "b" });
        log.LogWarning("{0} before {1}, {0} again", "first", true);
        log.LogError(new InvalidOperationException("broken"), "could not use {Instance}", "i-1");
        log.LogInformation("braces {stay} as they are");
        return Respond("logged");
    }

    private static async Task<Stream> NameGroups(Stream input, ILambdaContext context)
    {
        using var client = new AmazonAutoScalingClient();
        var groups = await client.DescribeAutoScalingGroupsAsync();
        return await Respond(string.Join('|', groups.AutoScalingGroups.Select(group => group.AutoScalingGroupName)));
    }

    private static Task<bool> BreakInit() => throw new JsonSerializerException("no configuration");

    private static Task<Stream> Respond(string text) => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
