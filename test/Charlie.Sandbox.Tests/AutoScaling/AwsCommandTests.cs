using System.Text.Json.Nodes;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Instances;
using Charlie.Sandbox.Server;
using Microsoft.Extensions.Time.Testing;

namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>Every call of the sandbox's EC2 and Auto Scaling, by the real <c>aws</c> command.</summary>
public sealed class AwsCommandTests
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
    public async Task A_group_lives_through_every_call_of_Auto_Scaling()
    {
        await using var server = await SandboxServer.StartAsync(Quick, TestContext.Current.CancellationToken);
        var aws = new AwsCommand(server.Endpoint);
        await aws.RunAsync("ec2", "create-launch-template", "--launch-template-name", "app", "--launch-template-data", """{"ImageId":"ami-1"}""");
        await aws.RunAsync(
            "autoscaling", "create-auto-scaling-group", "--auto-scaling-group-name", "charlie", "--min-size", "0",
                "--max-size", "3", "--desired-capacity", "1",
            "--vpc-zone-identifier", "subnet-1,subnet-2", "--launch-template", "LaunchTemplateName=app,Version=1", "--tags",
                "Key=Name,Value=charlie,PropagateAtLaunch=true",
            "--instance-maintenance-policy", "MinHealthyPercentage=0,MaxHealthyPercentage=100",
            "--lifecycle-hook-specification-list",
                "LifecycleHookName=launch,LifecycleTransition=autoscaling:EC2_INSTANCE_LAUNCHING,HeartbeatTimeout=600");
        Assert.Equal("AlreadyExists",
            await aws.FailAsync(
            "autoscaling", "create-auto-scaling-group", "--auto-scaling-group-name", "charlie", "--min-size", "0",
            "--max-size", "1", "--launch-template", "LaunchTemplateName=app", "--availability-zones", "us-east-1a"));
        Assert.Equal("ValidationError",
            await aws.FailAsync(
            "autoscaling", "create-auto-scaling-group", "--auto-scaling-group-name", "other", "--min-size", "0", "--max-size",
            "1", "--launch-template", "LaunchTemplateName=app,Version=9", "--availability-zones", "us-east-1a"));

        var instance = await InstanceAsync(server, LifecycleState.PendingWait);
        await aws.RunAsync("autoscaling", "record-lifecycle-action-heartbeat", "--auto-scaling-group-name", "charlie",
            "--lifecycle-hook-name", "launch", "--instance-id", instance);
        await aws.RunAsync("autoscaling", "complete-lifecycle-action", "--auto-scaling-group-name", "charlie",
            "--lifecycle-hook-name", "launch", "--instance-id", instance, "--lifecycle-action-result", "CONTINUE");
        Assert.Equal("ValidationError",
            await aws.FailAsync(
            "autoscaling", "complete-lifecycle-action", "--auto-scaling-group-name", "charlie", "--lifecycle-hook-name",
            "launch", "--lifecycle-action-token", "630aa23f-48eb-45e7-aba6-799ea6093a0f", "--lifecycle-action-result", "ABANDON"));
        Assert.Equal(instance, await InstanceAsync(server, LifecycleState.InService));
        var member = (await aws.RunAsync(
            "autoscaling", "describe-auto-scaling-instances", "--instance-ids", instance))["AutoScalingInstances"]![0]!;
        Assert.Equal(("InService", "1", "charlie"),
            ((string?)member["LifecycleState"], (string?)member["LaunchTemplate"]!["Version"], (string?)member["AutoScalingGroupName"]));

        await aws.RunAsync("autoscaling", "put-lifecycle-hook", "--auto-scaling-group-name", "charlie",
            "--lifecycle-hook-name", "launch", "--default-result", "CONTINUE");
        await aws.RunAsync("autoscaling", "put-lifecycle-hook", "--auto-scaling-group-name", "charlie",
            "--lifecycle-hook-name", "end", "--lifecycle-transition", "autoscaling:EC2_INSTANCE_TERMINATING", "--heartbeat-timeout", "30");
        var hooks = (await aws.RunAsync(
            "autoscaling", "describe-lifecycle-hooks", "--auto-scaling-group-name", "charlie"))["LifecycleHooks"]!.AsArray();
        Assert.Equal(["end 30 3000 ABANDON", "launch 600 60000 CONTINUE"],
            hooks.Select(hook =>
            $"{hook!["LifecycleHookName"]} {hook["HeartbeatTimeout"]} {hook["GlobalTimeout"]} {hook["DefaultResult"]}"));
        await aws.RunAsync("autoscaling", "delete-lifecycle-hook", "--auto-scaling-group-name", "charlie", "--lifecycle-hook-name", "end");
        await aws.RunAsync("autoscaling", "delete-lifecycle-hook", "--auto-scaling-group-name", "charlie",
            "--lifecycle-hook-name", "launch");

        await aws.RunAsync("autoscaling", "suspend-processes", "--auto-scaling-group-name", "charlie", "--scaling-processes",
            "Launch", "AZRebalance");
        var terminated = await aws.RunAsync(
            "autoscaling", "terminate-instance-in-auto-scaling-group", "--instance-id", instance, "--no-should-decrement-desired-capacity");
        Assert.Equal($"Terminating EC2 instance: {instance}", (string?)terminated["Activity"]!["Description"]);
        await aws.RunAsync("ec2", "create-launch-template-version", "--launch-template-name", "app", "--source-version", "1", "--launch-template-data", """{"InstanceType":"t3.micro"}""");
        await aws.RunAsync("autoscaling", "update-auto-scaling-group", "--auto-scaling-group-name", "charlie",
            "--launch-template", "LaunchTemplateName=app,Version=2", "--health-check-grace-period", "0");
        await aws.RunAsync("autoscaling", "resume-processes", "--auto-scaling-group-name", "charlie");
        await aws.RunAsync("autoscaling", "set-desired-capacity", "--auto-scaling-group-name", "charlie", "--desired-capacity", "2");
        var next = await InstanceAsync(server, LifecycleState.InService, except: instance);
        await aws.RunAsync("autoscaling", "set-instance-health", "--instance-id", next, "--health-status", "Unhealthy");
        await InstanceAsync(server, LifecycleState.InService, except: next);

        var group = (await aws.RunAsync(
            "autoscaling", "describe-auto-scaling-groups", "--filters", "Name=tag:Name,Values=charlie", "--max-items",
            "1"))["AutoScalingGroups"]![0]!;
        Assert.Equal(("2", "subnet-1,subnet-2", "charlie"),
            ((string?)group["LaunchTemplate"]!["Version"], (string?)group["VPCZoneIdentifier"], (string?)group["Tags"]![0]!["Value"]));
        Assert.Equal(100, (int)group["InstanceMaintenancePolicy"]!["MaxHealthyPercentage"]!);
        Assert.Equal("ValidationError",
            await aws.FailAsync("autoscaling", "set-desired-capacity", "--auto-scaling-group-name", "charlie", "--desired-capacity", "4"));
        Assert.Equal("ValidationError",
            await aws.FailAsync(
            "autoscaling", "terminate-instance-in-auto-scaling-group", "--instance-id", "i-0123456789abcdef0",
            "--no-should-decrement-desired-capacity"));
        var activities = (await aws.RunAsync(
            "autoscaling", "describe-scaling-activities", "--auto-scaling-group-name", "charlie", "--page-size",
            "2"))["Activities"]!.AsArray();
        Assert.True(activities.Count >= 5);
        await aws.RunAsync("autoscaling", "delete-auto-scaling-group", "--auto-scaling-group-name", "charlie", "--force-delete");
    }

    [LongFact]
    public async Task Launch_templates_instances_and_tags_are_handled()
    {
        await using var server = await SandboxServer.StartAsync(Quick, TestContext.Current.CancellationToken);
        var aws = new AwsCommand(server.Endpoint);
        var id = (string)(await aws.RunAsync("ec2", "create-launch-template", "--launch-template-name", "app", "--launch-template-data", """{"ImageId":"ami-1","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"a","Value":"b c"}]}]}"""))["LaunchTemplate"]!["LaunchTemplateId"]!;
        await aws.RunAsync("ec2", "create-launch-template-version", "--launch-template-id", id, "--source-version", "1", "--client-token", "t1", "--launch-template-data", """{"UserData":"eA==","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":8}}]}""");
        await aws.RunAsync("ec2", "modify-launch-template", "--launch-template-id", id, "--default-version", "2");
        Assert.Equal(2, (int)(
            await aws.RunAsync("ec2", "describe-launch-templates", "--launch-template-names",
            "app"))["LaunchTemplates"]![0]!["DefaultVersionNumber"]!);
        var version = (await aws.RunAsync(
            "ec2", "describe-launch-template-versions", "--launch-template-name", "app", "--versions",
            "$Default"))["LaunchTemplateVersions"]![0]!;
        Assert.Equal(
            """{"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":8}}],"ImageId":"ami-1","UserData":"eA==","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"a","Value":"b c"}]}]}""",
            Ordered(version["LaunchTemplateData"]!.AsObject(), "BlockDeviceMappings", "ImageId", "UserData", "TagSpecifications"));

        await aws.RunAsync("autoscaling", "create-auto-scaling-group", "--auto-scaling-group-name", "charlie", "--min-size",
            "1", "--max-size", "1", "--availability-zones", "us-east-1a", "--launch-template", $"LaunchTemplateId={id},Version=$Default");
        var instance = await InstanceAsync(server, LifecycleState.InService);
        await aws.RunAsync("ec2", "create-tags", "--resources", instance, id, "--tags", "Key=charlie:x,Value=<&>");
        Assert.Equal(2, (await aws.RunAsync("ec2", "describe-tags", "--filters", "Name=key,Values=charlie:x"))["Tags"]!.AsArray().Count);
        await aws.RunAsync("ec2", "delete-tags", "--resources", id, "--tags", "Key=charlie:x");
        var described = (await aws.RunAsync(
            "ec2", "describe-instances", "--filters", "Name=tag:charlie:x,Values=<&>"))["Reservations"]![0]!["Instances"]![0]!;
        Assert.Equal((instance, "running", "b c"),
            ((string?)described["InstanceId"], (string?)described["State"]!["Name"], (string?)described["Tags"]![0]!["Value"]));
        await aws.RunAsync("ec2", "terminate-instances", "--instance-ids", instance);
        await aws.RunAsync("autoscaling", "delete-auto-scaling-group", "--auto-scaling-group-name", "charlie", "--force-delete");
        await aws.RunAsync("ec2", "delete-launch-template-versions", "--launch-template-id", id, "--versions", "1");
        await aws.RunAsync("ec2", "delete-launch-template", "--launch-template-id", id);
        Assert.Equal("InvalidLaunchTemplateId.NotFound",
            await aws.FailAsync("ec2", "describe-launch-templates", "--launch-template-ids", id));
        Assert.Equal("InvalidAction", await aws.FailAsync("ec2", "describe-volumes"));
        Assert.Equal("InvalidAction", await aws.FailAsync("autoscaling", "describe-policies"));
        Assert.Equal("InvalidAction", await aws.FailAsync("iam", "list-users"));
        Assert.Equal("UnknownOperationException", await aws.FailAsync("dynamodb", "list-tables"));
        Assert.Equal("UnknownOperationException", await aws.FailAsync("lambda", "list-functions"));
        Assert.Equal("UnknownOperationException", await aws.FailAsync("cloudwatch", "list-metrics"));
        Assert.Equal("NotImplemented", await aws.FailAsync("s3api", "list-buckets"));
        Assert.Equal("arn:aws:iam::123456789012:user/person", (string?)(await aws.RunAsync("sts", "get-caller-identity"))["Arn"]);
    }

    private static string Ordered(JsonObject data, params string[] names)
    {
        Assert.Equal(names.Order(), data.Select(member => member.Key).Order());
        return new JsonObject(names.Select(name => KeyValuePair.Create(name, data[name]?.DeepClone()))).ToJsonString(Plain);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Looks until an instance is in a state: inside the cloud, for each command starts a program.</summary>
    [LongFact]
    public async Task A_group_is_resized_by_scheduled_actions()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero));
        await using var server = await SandboxServer.StartAsync(Quick with { Time = time }, TestContext.Current.CancellationToken);
        var aws = new AwsCommand(server.Endpoint);
        await aws.RunAsync("ec2", "create-launch-template", "--launch-template-name", "app", "--launch-template-data", """{"ImageId":"ami-1"}""");
        await aws.RunAsync(
            "autoscaling", "create-auto-scaling-group", "--auto-scaling-group-name", "charlie", "--min-size", "0", "--max-size", "3",
            "--desired-capacity", "0", "--availability-zones", "us-east-1a", "--launch-template", "LaunchTemplateName=app,Version=1");
        await aws.RunAsync(
            "autoscaling", "put-scheduled-update-group-action", "--auto-scaling-group-name", "charlie", "--scheduled-action-name", "close",
            "--recurrence", "30 18 * * 1-5", "--time-zone", "America/Sao_Paulo", "--min-size", "0", "--desired-capacity", "0");
        Assert.Equal("ValidationError", await aws.FailAsync(
            "autoscaling", "put-scheduled-update-group-action", "--auto-scaling-group-name", "charlie", "--scheduled-action-name", "wrong",
            "--recurrence", "30 18 * *", "--min-size", "0"));
        var failed = await aws.RunAsync(
            "autoscaling", "batch-put-scheduled-update-group-action", "--auto-scaling-group-name", "charlie",
            "--scheduled-update-group-actions",
            """[{"ScheduledActionName":"open","Recurrence":"30 9 * * 1-5","TimeZone":"America/Sao_Paulo","DesiredCapacity":1},{"ScheduledActionName":"past","StartTime":"2020-01-01T00:00:00Z","MinSize":0}]""");
        Assert.Equal("past", (string?)Assert.Single(failed["FailedScheduledUpdateGroupActions"]!.AsArray())!["ScheduledActionName"]);
        await aws.RunAsync(
            "autoscaling", "put-scheduled-update-group-action", "--auto-scaling-group-name", "charlie", "--scheduled-action-name", "soon",
            "--start-time", "2026-11-22T14:10:00Z", "--desired-capacity", "1");
        time.Advance(TimeSpan.FromMinutes(11));
        var group = (await aws.RunAsync("autoscaling", "describe-auto-scaling-groups"))["AutoScalingGroups"]![0]!;
        Assert.Equal(1, (int)group["DesiredCapacity"]!);
        var actions = (await aws.RunAsync(
            "autoscaling", "describe-scheduled-actions", "--auto-scaling-group-name", "charlie"))["ScheduledUpdateGroupActions"]!.AsArray();
        Assert.Equal(
            ["close 2026-11-23T21:30:00 30 18 * * 1-5 America/Sao_Paulo 0", "open 2026-11-23T12:30:00 30 9 * * 1-5 America/Sao_Paulo 1"],
            actions.Select(one =>
                $"{one!["ScheduledActionName"]} {((string)one["StartTime"]!)[..19]} {one["Recurrence"]} {one["TimeZone"]} "
                + $"{one["DesiredCapacity"]}"));
        await aws.RunAsync(
            "autoscaling", "delete-scheduled-action", "--auto-scaling-group-name", "charlie", "--scheduled-action-name", "open");
        var gone = await aws.RunAsync(
            "autoscaling", "batch-delete-scheduled-action", "--auto-scaling-group-name", "charlie",
            "--scheduled-action-names", "close", "open");
        Assert.Equal("open", (string?)Assert.Single(gone["FailedScheduledActions"]!.AsArray())!["ScheduledActionName"]);
    }

    private static async Task<string> InstanceAsync(SandboxServer server, LifecycleState state, string? except = null)
    {
        while (true)
        {
            lock (server.Cloud.Gate)
            {
                if (server.Cloud.AutoScaling.Find("charlie")!.Instances.FirstOrDefault(
                    one => one.State == state && one.Id != except) is { } found)
                {
                    return found.Id;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
