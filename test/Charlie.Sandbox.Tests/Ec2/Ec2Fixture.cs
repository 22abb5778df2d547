using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Charlie.Sandbox.Server;

namespace Charlie.Sandbox.Tests.Ec2;

/// <summary>A sandbox and the official EC2 client in front of it.</summary>
internal sealed class Ec2Fixture : IAsyncDisposable
{
    private Ec2Fixture(SandboxServer server)
    {
        Server = server;
        Client = new AmazonEC2Client(
            new BasicAWSCredentials("test", "secret"),
            new AmazonEC2Config { ServiceURL = server.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
    }

    public SandboxServer Server { get; }

    public AmazonEC2Client Client { get; }

    public static async Task<Ec2Fixture> StartAsync() =>
        new(await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken));

    public async Task<LaunchTemplate> CreateTemplateAsync(string name = "app", Action<RequestLaunchTemplateData>? with = null)
    {
        var data = new RequestLaunchTemplateData { ImageId = "ami-0123456789abcdef0", InstanceType = InstanceType.T3Micro };
        with?.Invoke(data);
        var response = await Client.CreateLaunchTemplateAsync(
            new CreateLaunchTemplateRequest { LaunchTemplateName = name, LaunchTemplateData = data });
        return response.LaunchTemplate;
    }

    /// <summary>Launches instances as a group of the cloud would, without one.</summary>
    public IReadOnlyList<string> Launch(string templateId, int count)
    {
        lock (Server.Cloud.Gate)
        {
            var version = Server.Cloud.Ec2.LaunchTemplates.FindId(templateId)!.Find("$Default")!;
            return [.. Enumerable.Range(0, count).Select(_ => Server.Cloud.Ec2.Instances.Launch(version, "us-east-1a", null, []).Id)];
        }
    }

    public static async Task<string> CodeOf(Task call) => (await Assert.ThrowsAsync<AmazonEC2Exception>(() => call)).ErrorCode;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
