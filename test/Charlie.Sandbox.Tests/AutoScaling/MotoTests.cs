using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Charlie.Sandbox.Server;

namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>
/// The same commands against the sandbox and against moto, an independent stand-in for AWS, give the same responses but
/// for ids and times. Only what moto knows is requested; where the two are known to differ, the query leaves it out.
/// </summary>
public sealed partial class MotoTests
{
    private const string Image = "ami-12c6146b";

    private static readonly string[][] Probes =
    [
        ["ec2", "create-launch-template", "--launch-template-name", "app", "--version-description", "base", "--launch-template-data", $$"""{"ImageId":"{{Image}}","InstanceType":"t3.micro","UserData":"eA==","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"a","Value":"b"}]}]}"""],
        ["ec2", "create-launch-template", "--launch-template-name", "app", "--launch-template-data", $$"""{"ImageId":"{{Image}}"}"""],
        ["ec2", "create-launch-template-version", "--launch-template-name", "app", "--launch-template-data", $$"""{"ImageId":"{{Image}}","KeyName":"k"}"""],
        ["ec2", "describe-launch-template-versions", "--launch-template-name", "app", "--query",
            "sort_by(LaunchTemplateVersions,&VersionNumber)"],
        ["ec2", "describe-launch-template-versions", "--launch-template-name", "other"],
        ["ec2", "describe-launch-template-versions", "--launch-template-name", "app", "--versions", "9"],
        ["ec2", "modify-launch-template", "--launch-template-name", "app", "--default-version", "2"],
        ["autoscaling", "create-auto-scaling-group", "--auto-scaling-group-name", "g", "--min-size", "0", "--max-size", "2",
            "--desired-capacity", "0", "--availability-zones", "us-east-1a", "--launch-template",
            "LaunchTemplateName=app,Version=1", "--tags", "Key=x,Value=y,PropagateAtLaunch=true"],
        ["autoscaling", "update-auto-scaling-group", "--auto-scaling-group-name", "g", "--max-size", "3", "--launch-template",
            "LaunchTemplateName=app,Version=2"],
        ["autoscaling", "update-auto-scaling-group", "--auto-scaling-group-name", "other", "--max-size", "3"],
        ["autoscaling", "describe-auto-scaling-groups", "--query", "AutoScalingGroups[0].{Name:AutoScalingGroupName,Template:LaunchTemplate,Min:MinSize,Max:MaxSize,Desired:DesiredCapacity,Zones:AvailabilityZones,Type:HealthCheckType,Instances:Instances,Tags:Tags,Policies:TerminationPolicies,Balancers:LoadBalancerNames,Targets:TargetGroupARNs,Suspended:SuspendedProcesses,Protected:NewInstancesProtectedFromScaleIn,Cooldown:DefaultCooldown,Role:ServiceLinkedRoleARN}"],
        ["ec2", "describe-instances", "--instance-ids", "i-0123456789abcdef0"],
        ["ec2", "terminate-instances", "--instance-ids", "i-0123456789abcdef0"],
        ["ec2", "allocate-address", "--domain", "vpc", "--query", "{Domain:Domain}"],
        ["ec2", "describe-addresses", "--query", "Addresses[].{Domain:Domain,Instance:InstanceId || ''}"],
        ["ec2", "describe-addresses", "--allocation-ids", "eipalloc-0123456789abcdef0"],
        ["secretsmanager", "create-secret", "--name", "app/login", "--secret-string", "{\"username\":\"ci\"}", "--query", "Name"],
        ["secretsmanager", "create-secret", "--name", "app/login", "--secret-string", "x", "--query", "Name"],
        ["secretsmanager", "get-secret-value", "--secret-id", "app/login", "--query", "{Name:Name,Text:SecretString,Stages:VersionStages}"],
        ["secretsmanager", "get-secret-value", "--secret-id", "other"],
        ["ssm", "put-parameter", "--name", "/app/login", "--type", "SecureString", "--value", "x", "--query", "Version"],
        ["ssm", "put-parameter", "--name", "/app/login", "--type", "SecureString", "--value", "y", "--overwrite", "--query", "Version"],
        ["ssm", "put-parameter", "--name", "/app/login", "--type", "SecureString", "--value", "z"],
        ["ssm", "get-parameter", "--name", "/app/login", "--with-decryption", "--query",
            "Parameter.{Name:Name,Type:Type,Value:Value,Version:Version}"],
        ["ssm", "get-parameter", "--name", "/app/other"],
        ["sts", "assume-role-with-web-identity", "--role-arn", "arn:aws:iam::123456789012:role/ci", "--role-session-name",
            "job-1", "--web-identity-token", "a.b.c", "--query", "AssumedRoleUser.Arn"],
    ];

    [LongFact]
    public async Task The_sandbox_and_moto_agree()
    {
        Tool.Need("aws", "moto_server");
        await using var server = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var port = FreePort();
        using var moto = Tool.Start(
            new ProcessStartInfo(
            "moto_server", ["-H", "127.0.0.1", "-p", $"{port}"])
            { RedirectStandardError = true, RedirectStandardOutput = true });
        try
        {
            var endpoint = new Uri($"http://127.0.0.1:{port}");
            await RespondsAsync(endpoint);
            var responses = await Task.WhenAll(CallAsync(server.Endpoint), CallAsync(endpoint));
            foreach (var (probe, sandbox, other) in Probes.Zip(responses[0], responses[1]))
            {
                Assert.Equal($"{probe[1]}: {other}", $"{probe[1]}: {sandbox}");
            }
        }
        finally
        {
            moto.Kill(entireProcessTree: true);
        }
    }

    private static async Task<List<string>> CallAsync(Uri endpoint)
    {
        var aws = new AwsCommand(endpoint);
        var responses = new List<string>();
        foreach (var probe in Probes)
        {
            responses.Add(Normal(await aws.ProbeAsync(probe)));
        }

        return responses;
    }

    private static string Normal(JsonNode response) =>
        Times.Replace(Ids.Replace(Sorted(response).ToJsonString(), "$1-ID"), "TIME");

    private static JsonNode Sorted(JsonNode? node) => node switch
    {
        JsonObject structure =>
            new JsonObject(structure.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Sorted(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        null => JsonValue.Create("null"),
        _ => node.DeepClone(),
    };

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task RespondsAsync(Uri endpoint)
    {
        using var client = new HttpClient();
        for (var responded = false; !responded;)
        {
            try
            {
                using var response = await client.GetAsync(new Uri(endpoint, "/moto-api/data.json"), TestContext.Current.CancellationToken);
                responded = true;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    [GeneratedRegex("(lt|i|r)-[0-9a-f]{17}")]
    private static partial Regex Ids { get; }

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T[0-9:.]+Z")]
    private static partial Regex Times { get; }
}
