using System.Text.Json.Nodes;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Instances;
using Charlie.Sandbox.Server;

namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>The four calls of instance refresh, by the real <c>aws</c> command, and what each refuses.</summary>
public sealed class InstanceRefreshCommandTests
{
    private static readonly SandboxOptions Quick = new()
    {
        Software = new HealthySoftware(TimeSpan.Zero),
        Timings = new AwsTimings
        {
            Launch = TimeSpan.FromMilliseconds(10),
            Termination = TimeSpan.FromMilliseconds(10),
            LifecycleStep = TimeSpan.FromMilliseconds(10),
            GroupCheck = TimeSpan.FromMilliseconds(20),
        },
    };

    [LongFact]
    public async Task An_instance_refresh_is_started_described_rolled_back_and_cancelled()
    {
        await using var server = await SandboxServer.StartAsync(Quick, TestContext.Current.CancellationToken);
        var aws = new AwsCommand(server.Endpoint);
        string[] charlie = ["--auto-scaling-group-name", "charlie"];
        await aws.RunAsync("ec2", "create-launch-template", "--launch-template-name", "app", "--launch-template-data", """{"ImageId":"ami-1"}""");
        await aws.RunAsync("ec2", "create-launch-template-version", "--launch-template-name", "app", "--source-version", "1", "--launch-template-data", """{"KeyName":"k"}""");
        await aws.RunAsync(["autoscaling", "create-auto-scaling-group", .. charlie, "--min-size", "1", "--max-size", "1",
            "--availability-zones", "us-east-1a", "--launch-template", "LaunchTemplateName=app,Version=1"]);
        await UntilAsync(server, group => group.Instances.Any(instance => instance.State == LifecycleState.InService));
        Assert.Equal("ActiveInstanceRefreshNotFound", await aws.FailAsync(["autoscaling", "cancel-instance-refresh", .. charlie]));
        Assert.Equal("ActiveInstanceRefreshNotFound", await aws.FailAsync(["autoscaling", "rollback-instance-refresh", .. charlie]));

        var first = (string)(await aws.RunAsync([
            "autoscaling", "start-instance-refresh", .. charlie, "--strategy", "Rolling", "--desired-configuration", """{"LaunchTemplate":{"LaunchTemplateName":"app","Version":"2"}}""",
            "--preferences", """{"MinHealthyPercentage":100,"MaxHealthyPercentage":200,"BakeTime":3600,"SkipMatching":true,"AutoRollback":true,"CheckpointPercentages":[50,100],"CheckpointDelay":0}"""]))["InstanceRefreshId"]!;
        Assert.Equal("InstanceRefreshInProgress", await aws.FailAsync(["autoscaling", "start-instance-refresh", .. charlie]));
        await UntilAsync(server, group => group.Refreshes[^1].Status == InstanceRefreshStatus.Baking);
        await aws.RunAsync(["autoscaling", "rollback-instance-refresh", .. charlie]);
        await UntilAsync(server, group => group.Refreshes[^1].Status == InstanceRefreshStatus.RollbackSuccessful);

        var second = (string)(
            await aws.RunAsync(["autoscaling", "start-instance-refresh", .. charlie, "--preferences",
            "BakeTime=3600"]))["InstanceRefreshId"]!;
        await UntilAsync(server, group => group.Refreshes[^1].Status == InstanceRefreshStatus.Baking);
        Assert.Equal("IrreversibleInstanceRefresh", await aws.FailAsync(["autoscaling", "rollback-instance-refresh", .. charlie]));
        Assert.Equal(second, (string)(await aws.RunAsync(["autoscaling", "cancel-instance-refresh", .. charlie]))["InstanceRefreshId"]!);
        await UntilAsync(server, group => group.Refreshes[^1].Status == InstanceRefreshStatus.Cancelled);

        var all = (await aws.RunAsync(["autoscaling", "describe-instance-refreshes", .. charlie]))["InstanceRefreshes"]!.AsArray();
        Assert.Equal([second, first], all.Select(refresh => (string)refresh!["InstanceRefreshId"]!));
        Assert.Equal("2", (string)all[1]!["DesiredConfiguration"]!["LaunchTemplate"]!["Version"]!);
        Assert.Equal(100, (int)all[1]!["RollbackDetails"]!["PercentageCompleteOnRollback"]!);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"MinHealthyPercentage":100,"InstanceWarmup":0,"CheckpointPercentages":[50,100],"CheckpointDelay":0,"SkipMatching":true,
                 "AutoRollback":true,"ScaleInProtectedInstances":"Wait","StandbyInstances":"Wait","MaxHealthyPercentage":200,"BakeTime":3600}
                """),
            all[1]!["Preferences"]), $"{all[1]!["Preferences"]}");
    }

    [Theory]
    [InlineData("MinHealthyPercentage=101")]
    [InlineData("MaxHealthyPercentage=120")]
    [InlineData("MinHealthyPercentage=50,MaxHealthyPercentage=99")]
    [InlineData("MinHealthyPercentage=50,MaxHealthyPercentage=151")]
    [InlineData("BakeTime=172801")]
    [InlineData("CheckpointDelay=10")]
    [InlineData("CheckpointPercentages=50,50")]
    [InlineData("CheckpointPercentages=0,50")]
    [InlineData("StandbyInstances=Refresh")]
    [InlineData("AutoRollback=true")]
    public void Preferences_that_AWS_refuses_are_refused(string preferences)
    {
        using var cloud = new SimulatedCloud();
        cloud.CreateGroup(0);
        var given = preferences.StartsWith("CheckpointPercentages", StringComparison.Ordinal)
            ? preferences.Split('=')[1].Split(',')
                .Select((percentage, index) => ($"Preferences.CheckpointPercentages.member.{index + 1}", percentage))
            : preferences.Split(',').Select(one => ($"Preferences.{one.Split('=')[0]}", one.Split('=')[1]));
        Assert.Equal("ValidationError",
            cloud.Attempt("autoscaling", "StartInstanceRefresh", [("AutoScalingGroupName", "charlie"), .. given]).Error);
    }

    [Theory]
    [InlineData("Strategy", "ReplaceRootVolume")]
    [InlineData("Strategy", "Blue")]
    [InlineData("DesiredConfiguration.LaunchTemplate.LaunchTemplateName", "other")]
    [InlineData("AutoScalingGroupName", "other")]
    public void A_refresh_of_what_is_not_there_is_refused(string name, string value)
    {
        using var cloud = new SimulatedCloud();
        cloud.CreateGroup(0);
        var given = new Dictionary<string, string> { ["AutoScalingGroupName"] = "charlie", [name] = value };
        Assert.Equal("ValidationError",
            cloud.Attempt("autoscaling", "StartInstanceRefresh", [.. given.Select(one => (one.Key, one.Value))]).Error);
    }

    /// <summary>Looks inside the cloud, for each command starts a program.</summary>
    private static async Task UntilAsync(SandboxServer server, Func<AutoScalingGroup, bool> condition)
    {
        while (true)
        {
            lock (server.Cloud.Gate)
            {
                if (condition(server.Cloud.AutoScaling.Find("charlie")!))
                {
                    return;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
