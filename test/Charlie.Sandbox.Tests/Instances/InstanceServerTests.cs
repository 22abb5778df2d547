using System.Net;
using System.Net.Http.Json;
using System.Text;
using Charlie.Sandbox.Ec2;

namespace Charlie.Sandbox.Tests.Instances;

public sealed class InstanceServerTests : IDisposable
{
    private const string Digest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private const string Image = $"registry.example/app@{Digest}";

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Instances_answer_the_health_contract_until_they_end()
    {
        await using var server = await StartAsync();
        var instance = await LaunchAsync(server);
        using (var healthy = await client.GetAsync(Health(server, instance), TestContext.Current.CancellationToken))
        {
            Assert.Equal((HttpStatusCode.OK, Image), (healthy.StatusCode, healthy.Headers.GetValues("X-Charlie-Image").Single()));
        }

        using (var other = await client.GetAsync(new Uri(Health(server, instance), "/"), TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        }

        using (var put = await client.PutAsync(new Uri(server.Endpoint, $"/_sandbox/images/{Digest}"), new StringContent("""{"behaviour":"exits","reason":"no key"}""", Encoding.UTF8), TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        }

        using (var failed = await client.GetAsync(Health(server, instance), TestContext.Current.CancellationToken))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "app: exited with 1: no key"), (failed.StatusCode, failed.Headers.GetValues("X-Charlie-Failure").Single()));
        }

        var address = Health(server, instance);
        using (var kill = await client.PostAsync(new Uri(server.Endpoint, $"/_sandbox/instances/{instance.Id}/kill"), null, TestContext.Current.CancellationToken))
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
        await using var first = await StartAsync();
        await using var second = await StartAsync(first.HealthPort);
        var launched = new List<string>();
        for (var count = 0; count < 5; count++)
        {
            launched.Add(Health(first, await LaunchAsync(first)).ToString());
            launched.Add(Health(second, await LaunchAsync(second)).ToString());
        }

        Assert.Equal(launched.Count, launched.Distinct().Count());
    }

    private static Task<SandboxServer> StartAsync(int healthPort = 0) => SandboxServer.StartAsync(
        new SandboxOptions
        {
            HealthPort = healthPort,
            BootDelay = TimeSpan.Zero,
            Timings = new AwsTimings { Launch = TimeSpan.Zero, Termination = TimeSpan.Zero },
        },
        TestContext.Current.CancellationToken);

    private static Uri Health(SandboxServer server, Ec2Instance instance) =>
        new($"http://{instance.PrivateIpAddress}:{server.HealthPort}{server.HealthPath}");

    /// <summary>Launches an instance and waits until its app answers, as the timeline tells.</summary>
    private static async Task<Ec2Instance> LaunchAsync(SandboxServer server)
    {
        var answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Watch(TimelineEntry entry)
        {
            if (entry.Kind is "AppAnswers" or "AddressTaken")
            {
                answers.TrySetResult();
            }
        }

        server.Cloud.Timeline.Recorded += Watch;
        Ec2Instance instance;
        lock (server.Cloud.Gate)
        {
            var templates = server.Cloud.Ec2.LaunchTemplates;
            var data = LaunchTemplateData.Read(new(Charlie.Sandbox.Wire.ParameterNode.Parse(new Dictionary<string, string> { ["LaunchTemplateData.ImageId"] = "ami-1" }), Ec2Errors.Instance));
            var template = templates.FindName("app") ?? templates.Create("app", data, null, new Dictionary<string, string>());
            instance = server.Cloud.Ec2.Instances.Launch(template.Find(1)!, "us-east-1a", null, [KeyValuePair.Create("charlie:image", Image)]);
        }

        await answers.Task.WaitAsync(TestContext.Current.CancellationToken);
        server.Cloud.Timeline.Recorded -= Watch;
        return instance;
    }
}
