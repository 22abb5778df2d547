using System.Text.Json.Nodes;
using Charlie.Sandbox.Tests.Clients;

namespace Charlie.Sandbox.Tests.CloudFormation;

/// <summary>Stacks whose template is changed, by the real <c>aws</c> command.</summary>
public sealed class StackUpdateTests
{
    private const string Machine = """
        Parameters: { Note: { Type: String, Default: first } }
        Resources:
          Template:
            Type: AWS::EC2::LaunchTemplate
            Properties: { LaunchTemplateName: bot, LaunchTemplateData: { ImageId: ami-1, InstanceType: t3.micro } }
          Group:
            Type: AWS::AutoScaling::AutoScalingGroup
            Properties:
              AutoScalingGroupName: bot
              MinSize: 0
              MaxSize: 0
              LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber }
              AvailabilityZones: [us-east-1a]
          Stored: { Type: AWS::SSM::Parameter, Properties: { Name: /bot/note, Type: String, Value: !Ref Note } }
        """;

    private const string Built = """
        Parameters: { Version: { Type: String } }
        Resources:
          Recipe: { Type: AWS::ImageBuilder::ImageRecipe, Properties: { Name: machine, Version: !Ref Version } }
          Image: { Type: AWS::ImageBuilder::Image, Properties: { ImageRecipeArn: !Ref Recipe } }
        Outputs: { Image: { Value: !GetAtt Image.ImageId } }
        """;

    private const string Rules = """
        Resources:
          Kept: { Type: AWS::Events::Rule, Properties: { Name: kept, EventPattern: { source: [a] } } }
          Changed: { Type: AWS::Events::Rule, Properties: { Name: changed, EventPattern: { source: [b] } } }
          Gone: { Type: AWS::Events::Rule, Properties: { Name: gone, EventPattern: { source: [c] } } }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("charlie-update-").FullName;

    [Fact]
    public async Task A_changed_launch_template_gets_a_version_from_which_the_group_launches()
    {
        await using var sandbox = await ServedSandbox.StartAsync();
        var aws = new AwsCommand(sandbox.Endpoint);
        await DeployAsync(aws, Machine);
        await aws.RunAsync(
            "autoscaling", "update-auto-scaling-group", "--auto-scaling-group-name", "bot", "--max-size", "1", "--desired-capacity", "1");
        await aws.RunAsync(
            "ec2", "create-launch-template-version", "--launch-template-name", "bot", "--source-version", "1", "--launch-template-data",
            "InstanceType=t3.small");
        var changed = Machine.Replace("ami-1", "ami-2", StringComparison.Ordinal);
        await DeployAsync(aws, changed);
        var newest = (await VersionsAsync(aws))[0]!;
        Assert.Equal((3, "ami-2"), ((int)newest["VersionNumber"]!, (string?)newest["LaunchTemplateData"]!["ImageId"]));
        Assert.Equal("t3.micro", (string?)newest["LaunchTemplateData"]!["InstanceType"]);
        // The sizes that somebody else set stay, and so does the instance.
        var group = (await aws.RunAsync("autoscaling", "describe-auto-scaling-groups"))["AutoScalingGroups"]![0]!;
        Assert.Equal(("3", 1), ((string?)group["LaunchTemplate"]!["Version"], (int)group["DesiredCapacity"]!));
        Assert.All(group["Instances"]!.AsArray(), instance => Assert.Equal("1", (string?)instance!["LaunchTemplate"]!["Version"]));

        // What does not change the launch template makes no version.
        await DeployAsync(aws, changed, "Note=second");
        Assert.Equal("second", (string?)(await aws.RunAsync("ssm", "get-parameter", "--name", "/bot/note"))["Parameter"]!["Value"]);
        Assert.Equal(3, (await VersionsAsync(aws)).Count);
    }

    [Fact]
    public async Task Another_version_of_the_recipe_builds_another_machine_image()
    {
        await using var sandbox = await ServedSandbox.StartAsync();
        var aws = new AwsCommand(sandbox.Endpoint);
        var images = new List<string?>();
        foreach (var version in (string[])["1.0.0", "1.0.1", "1.0.0"])
        {
            await DeployAsync(aws, Built, $"Version={version}");
            var stack = (await aws.RunAsync("cloudformation", "describe-stacks"))["Stacks"]![0]!;
            images.Add((string?)stack["Outputs"]![0]!["OutputValue"]);
        }

        Assert.StartsWith("ami-0", images[0], StringComparison.Ordinal);
        Assert.NotEqual(images[0], images[1]);
        Assert.Equal(images[0], images[2]);
    }

    [Fact]
    public async Task Rules_come_change_and_go_with_the_template()
    {
        await using var sandbox = await ServedSandbox.StartAsync();
        var aws = new AwsCommand(sandbox.Endpoint);
        await DeployAsync(aws, Rules);
        await DeployAsync(
            aws, Rules.Replace("Gone: ", "New: ", StringComparison.Ordinal).Replace("gone", "new", StringComparison.Ordinal)
                .Replace("[b]", "[d]", StringComparison.Ordinal));
        var rules = (await aws.RunAsync("events", "list-rules"))["Rules"]!.AsArray();
        Assert.Equal(
            [("changed", """{"source":["d"]}"""), ("kept", """{"source":["a"]}"""), ("new", """{"source":["c"]}""")],
            rules.Select(rule => ((string)rule!["Name"]!, JsonNode.Parse((string)rule["EventPattern"]!)!.ToJsonString())));
    }

    private static async Task<JsonArray> VersionsAsync(AwsCommand aws) =>
        (await aws.RunAsync("ec2", "describe-launch-template-versions", "--launch-template-name", "bot"))
            ["LaunchTemplateVersions"]!.AsArray();

    private async Task DeployAsync(AwsCommand aws, string template, params string[] parameters)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(path, template, TestContext.Current.CancellationToken);
        var ran = await aws.TryAsync(
        [
            "cloudformation", "deploy", "--fail-on-empty-changeset", "--stack-name", "machine", "--template-file", path,
            .. parameters.Length == 0 ? [] : (string[])["--parameter-overrides", .. parameters],
        ]);
        Assert.True(ran.ExitCode == 0, ran.Output + ran.Error);
    }
}
