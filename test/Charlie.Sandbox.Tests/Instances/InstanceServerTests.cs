using System.Net;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Instances;
using Charlie.Sandbox.Server;

namespace Charlie.Sandbox.Tests.Instances;

public sealed class InstanceServerTests : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Instances_respond_as_their_software_says_until_they_end()
    {
        var software = new ScriptedSoftware();
        await using var server = await StartAsync(software);
        var instance = await LaunchAsync(server);
        using (var healthy = await client.GetAsync(Health(server, instance), TestContext.Current.CancellationToken))
        {
            Assert.Equal((HttpStatusCode.OK, instance.Id), (healthy.StatusCode, healthy.Headers.GetValues("X-Instance").Single()));
        }

        using (var other = await client.GetAsync(new Uri(Health(server, instance), "/"), TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        }

        software.Status = 503;
        using (var failed = await client.GetAsync(Health(server, instance), TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        }

        var address = Health(server, instance);
        using (var kill = await client.PostAsync(
            new Uri(server.Endpoint, $"/_sandbox/instances/{instance.Id}/kill"), null, TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, kill.StatusCode);
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address, TestContext.Current.CancellationToken));
        var timeline = await client.GetStringAsync(new Uri(server.Endpoint, "/_sandbox/timeline"), TestContext.Current.CancellationToken);
        Assert.Contains("InstanceKilled", timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sandboxes_with_the_same_health_port_give_different_addresses()
    {
        await using var first = await StartAsync(new ScriptedSoftware());
        await using var second = await StartAsync(new ScriptedSoftware(), first.HealthPort);
        var launched = new List<string>();
        for (var count = 0; count < 5; count++)
        {
            launched.Add(Health(first, await LaunchAsync(first)).ToString());
            launched.Add(Health(second, await LaunchAsync(second)).ToString());
        }

        Assert.Equal(launched.Count, launched.Distinct().Count());
    }

    private static Task<SandboxServer> StartAsync(IInstanceSoftware software, int healthPort = 0) => SandboxServer.StartAsync(
        new SandboxOptions
        {
            HealthPort = healthPort,
            Software = software,
            Timings = new AwsTimings { Launch = TimeSpan.Zero, Termination = TimeSpan.Zero },
        },
        TestContext.Current.CancellationToken);

    private static Uri Health(SandboxServer server, Ec2Instance instance) =>
        new($"http://{instance.PrivateIpAddress}:{server.HealthPort}{server.HealthPath}");

    /// <summary>Launches an instance and waits until its app responds, as the timeline tells.</summary>
    private static async Task<Ec2Instance> LaunchAsync(SandboxServer server)
    {
        var responses = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Watch(TimelineEntry entry)
        {
            if (entry.Kind is "AppResponds" or "AddressTaken")
            {
                responses.TrySetResult();
            }
        }

        server.Cloud.Timeline.Recorded += Watch;
        Ec2Instance instance;
        lock (server.Cloud.Gate)
        {
            var templates = server.Cloud.Ec2.LaunchTemplates;
            var data = LaunchTemplateData.Read(
                new(Charlie.Sandbox.Wire.ParameterNode.Parse(
                new Dictionary<string, string> { ["LaunchTemplateData.ImageId"] = "ami-1" }), Ec2Errors.Instance));
            var template = templates.FindName("app") ?? templates.Create("app", data, null, new Dictionary<string, string>());
            instance = server.Cloud.Ec2.Instances.Launch(template.Find(1)!, "us-east-1a", null, []);
        }

        await responses.Task.WaitAsync(TestContext.Current.CancellationToken);
        server.Cloud.Timeline.Recorded -= Watch;
        return instance;
    }

    /// <summary>Listens at once with the status that the test wants.</summary>
    private sealed class ScriptedSoftware : IInstanceSoftware
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public int Status { get; set; } = 200;

        public DateTimeOffset? ListensFrom(Ec2Instance instance) => instance.RunningSince;

        public InstanceResponse? Respond(Ec2Instance instance, DateTimeOffset now) =>
            new(Status, "", new Dictionary<string, string> { ["X-Instance"] = instance.Id });
    }
}
