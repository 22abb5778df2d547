using System.Text.Json.Nodes;
using Charlie.Sandbox.Tests.Clients;

namespace Charlie.Sandbox.Tests.CloudFormation;

/// <summary>Stacks made, updated and deleted by the real <c>aws</c> command.</summary>
public sealed class StackCommandTests
{
    private const string Machine = """
        Parameters:
          App: { Type: String, AllowedPattern: "^[a-z]+$", ConstraintDescription: lower-case letters }
          Size: { Type: Number, Default: 1 }
          Note: { Type: String, Default: first }
        Resources:
          Subnet:
            Type: AWS::EC2::Subnet
            Properties: { AvailabilityZone: !Select [1, !GetAZs ""], CidrBlock: !Select [2, !Cidr [10.0.0.0/20, 4, 10]] }
          Address: { Type: AWS::EC2::EIP, Properties: { Tags: [{ Key: app, Value: !Ref App }] } }
          Template:
            Type: AWS::EC2::LaunchTemplate
            Properties:
              LaunchTemplateName: !Ref App
              LaunchTemplateData:
                ImageId: ami-1
                UserData: { "Fn::Base64": !Sub "app=${App}" }
                TagSpecifications: [{ ResourceType: instance, Tags: [{ Key: Name, Value: !Ref App }] }]
          Group:
            Type: AWS::AutoScaling::AutoScalingGroup
            Properties:
              AutoScalingGroupName: !Ref App
              MinSize: 0
              MaxSize: 2
              DesiredCapacity: !Ref Size
              LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber }
              VPCZoneIdentifier: [!Ref Subnet]
              MetricsCollection: [{ Granularity: 1Minute }]
          Stored:
            Type: AWS::SSM::Parameter
            Properties: { Name: !Sub "/${App}/note", Type: String, Value: !Sub "${Note} ${Address.AllocationId}" }
        Outputs:
          Template: { Value: !Ref Template }
          Address: { Value: !Ref Address }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("charlie-stack-").FullName;

    [Fact]
    public async Task A_stack_is_made_of_its_template_and_goes_with_all_that_it_made()
    {
        await using var sandbox = await ServedSandbox.StartAsync();
        var aws = new AwsCommand(sandbox.Endpoint);
        await DeployAsync(aws, Machine, "App=bot");
        var stack = (await aws.RunAsync("cloudformation", "describe-stacks", "--stack-name", "machine"))["Stacks"]![0]!;
        Assert.Equal("CREATE_COMPLETE", (string?)stack["StackStatus"]);
        var versions = await aws.RunAsync("ec2", "describe-launch-template-versions", "--launch-template-name", "bot");
        var template = versions["LaunchTemplateVersions"]![0]!;
        Assert.Equal(OutputOf(stack, "Template"), (string?)template["LaunchTemplateId"]);
        Assert.Equal("YXBwPWJvdA==", (string?)template["LaunchTemplateData"]!["UserData"]);
        var address = (await aws.RunAsync("ec2", "describe-addresses"))["Addresses"]![0]!;
        Assert.Equal(OutputOf(stack, "Address"), (string?)address["PublicIp"]);
        Assert.Equal($"first {address["AllocationId"]}", await NoteAsync(aws));
        var group = (await aws.RunAsync("autoscaling", "describe-auto-scaling-groups"))["AutoScalingGroups"]![0]!;
        Assert.Equal("1", (string?)group["LaunchTemplate"]!["Version"]);
        var subnets = (await aws.RunAsync("ec2", "describe-subnets"))["Subnets"]!.AsArray();
        var subnet = subnets.Single(one => (string?)one!["SubnetId"] == (string?)group["VPCZoneIdentifier"])!;
        Assert.Equal("us-east-1b", (string?)subnet["AvailabilityZone"]);

        // What is stored may change; what is made may not.
        await DeployAsync(aws, Machine, "Note=second");
        Assert.Equal($"second {address["AllocationId"]}", await NoteAsync(aws));
        Assert.Contains("No changes to deploy", await FailAsync(aws, Machine, "Note=second"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("the sandbox does not update them", await FailAsync(aws, Machine, "Size=2"), StringComparison.Ordinal);
        var other = Machine.Replace("10.0.0.0", "10.1.0.0", StringComparison.Ordinal);
        Assert.Contains("the sandbox does not update them", await FailAsync(aws, other), StringComparison.Ordinal);

        await aws.RunAsync("cloudformation", "delete-stack", "--stack-name", "machine");
        await aws.RunAsync("cloudformation", "wait", "stack-delete-complete", "--stack-name", "machine");
        Assert.Equal("ParameterNotFound", await aws.FailAsync("ssm", "get-parameter", "--name", "/bot/note"));
        Assert.Empty((await aws.RunAsync("autoscaling", "describe-auto-scaling-groups"))["AutoScalingGroups"]!.AsArray());
        Assert.Empty((await aws.RunAsync("ec2", "describe-launch-templates"))["LaunchTemplates"]!.AsArray());
        Assert.Empty((await aws.RunAsync("ec2", "describe-addresses"))["Addresses"]!.AsArray());
        Assert.Equal(6, (await aws.RunAsync("ec2", "describe-subnets"))["Subnets"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_cannot_be_made_leaves_nothing()
    {
        await using var sandbox = await ServedSandbox.StartAsync();
        var aws = new AwsCommand(sandbox.Endpoint);
        var wrong = await FailAsync(aws, Machine, "App=Bot");
        Assert.Contains("'Bot' is not allowed; allowed is lower-case letters", wrong, StringComparison.Ordinal);
        Assert.Contains("no value is given for App", await FailAsync(aws, Machine), StringComparison.Ordinal);
        Assert.Equal("ValidationError", await aws.FailAsync("cloudformation", "describe-stacks", "--stack-name", "nothing"));

        // The group's name is taken: what was made before it goes again.
        await aws.RunAsync("ec2", "create-launch-template", "--launch-template-name", "mine", "--launch-template-data", "ImageId=ami-1");
        await aws.RunAsync(
            "autoscaling", "create-auto-scaling-group", "--auto-scaling-group-name", "bot", "--min-size", "0", "--max-size", "0",
            "--launch-template", "LaunchTemplateName=mine", "--availability-zones", "us-east-1a");
        await FailAsync(aws, Machine, "App=bot");
        var stack = (await aws.RunAsync("cloudformation", "describe-stacks", "--stack-name", "machine"))["Stacks"]![0]!;
        Assert.Equal("ROLLBACK_COMPLETE", (string?)stack["StackStatus"]);
        Assert.Contains("already exists", (string?)stack["StackStatusReason"], StringComparison.Ordinal);
        Assert.Empty((await aws.RunAsync("ec2", "describe-addresses"))["Addresses"]!.AsArray());
    }

    [Fact]
    public async Task An_identity_provider_is_made_once_for_a_url_and_may_be_retained()
    {
        const string Provider = "Type: AWS::IAM::OIDCProvider, Properties: { Url: https://gitlab.example.com, ClientIdList: [a] }";
        const string Retained = $"Resources: {{ One: {{ DeletionPolicy: RetainExceptOnCreate, {Provider} }} }}";
        await using var sandbox = await ServedSandbox.StartAsync();
        var aws = new AwsCommand(sandbox.Endpoint);
        await FailAsync(aws, $"Resources: {{ One: {{ {Provider} }}, Two: {{ {Provider} }} }}");
        Assert.Contains("already exists", await ReasonAsync(), StringComparison.Ordinal);
        Assert.Empty(await ProvidersAsync());
        await aws.RunAsync("cloudformation", "delete-stack", "--stack-name", "machine");

        foreach (var (template, left) in ((string, int)[])[($"Resources: {{ One: {{ {Provider} }} }}", 0), (Retained, 1)])
        {
            await DeployAsync(aws, template);
            Assert.Equal(
                "arn:aws:iam::123456789012:oidc-provider/gitlab.example.com", (string?)Assert.Single(await ProvidersAsync())!["Arn"]);
            await aws.RunAsync("cloudformation", "delete-stack", "--stack-name", "machine");
            Assert.Equal(left, (await ProvidersAsync()).Count);
        }

        async Task<JsonArray> ProvidersAsync() =>
            (await aws.RunAsync("iam", "list-open-id-connect-providers"))["OpenIDConnectProviderList"]!.AsArray();

        async Task<string> ReasonAsync() =>
            (string)(await aws.RunAsync("cloudformation", "describe-stacks"))["Stacks"]![0]!["StackStatusReason"]!;
    }

    [Fact]
    public async Task A_bucket_that_is_not_empty_is_not_deleted()
    {
        await using var sandbox = await ServedSandbox.StartAsync();
        var aws = new AwsCommand(sandbox.Endpoint);
        await DeployAsync(aws, "Resources: { Files: { Type: AWS::S3::Bucket, Properties: { BucketName: files } } }");
        var file = await WriteAsync("a file");
        await aws.RunAsync("s3", "cp", "--only-show-errors", file, "s3://files/a/b");
        Assert.Equal("NoSuchBucket", await aws.FailAsync("s3api", "put-object", "--bucket", "others", "--key", "x", "--body", file));
        await aws.RunAsync("cloudformation", "delete-stack", "--stack-name", "machine");
        var stack = (await aws.RunAsync("cloudformation", "describe-stacks", "--stack-name", "machine"))["Stacks"]![0]!;
        Assert.Equal(("DELETE_FAILED", "The bucket files is not empty: empty it, and delete the stack again."),
            ((string?)stack["StackStatus"], (string?)stack["StackStatusReason"]));
        await aws.RunAsync("s3", "rm", "--only-show-errors", "--recursive", "s3://files");
        await aws.RunAsync("cloudformation", "delete-stack", "--stack-name", "machine");
        Assert.Equal("ValidationError", await aws.FailAsync("cloudformation", "describe-stacks", "--stack-name", "machine"));
    }

    private static async Task<string?> NoteAsync(AwsCommand aws) =>
        (string?)(await aws.RunAsync("ssm", "get-parameter", "--name", "/bot/note"))["Parameter"]!["Value"];

    private static string? OutputOf(JsonNode stack, string name) =>
        (string?)stack["Outputs"]!.AsArray().Single(output => (string?)output!["OutputKey"] == name)!["OutputValue"];

    private async Task<string> WriteAsync(string text)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }

    private async Task DeployAsync(AwsCommand aws, string template, params string[] parameters)
    {
        var ran = await RunAsync(aws, template, parameters);
        Assert.True(ran.ExitCode == 0, ran.Output + ran.Error);
    }

    private async Task<string> FailAsync(AwsCommand aws, string template, params string[] parameters)
    {
        var ran = await RunAsync(aws, template, parameters);
        Assert.NotEqual(0, ran.ExitCode);
        return ran.Output + ran.Error;
    }

    private async Task<Ran> RunAsync(AwsCommand aws, string template, string[] parameters) => await aws.TryAsync(
        ["cloudformation", "deploy", "--fail-on-empty-changeset", "--stack-name", "machine", "--template-file", await WriteAsync(template),
        .. parameters.Length == 0 ? [] : (string[])["--parameter-overrides", .. parameters]]);
}
