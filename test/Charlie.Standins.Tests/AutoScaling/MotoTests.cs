using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;

namespace Charlie.Standins.Tests.AutoScaling;

/// <summary>The same client against an independent Auto Scaling.</summary>
public sealed class MotoTests
{
    private static readonly BasicAWSCredentials Credentials = new("a", "b");

    [Fact]
    public async Task Moto_understands_the_client_and_the_client_understands_moto()
    {
        await using var moto = await MotoServer.StartAsync();
        using var ec2 = new AmazonEC2Client(Credentials, new AmazonEC2Config { ServiceURL = moto.Url, AuthenticationRegion = "us-east-1" });
        using var client = new AmazonAutoScalingClient(
            Credentials, new AmazonAutoScalingConfig { ServiceURL = moto.Url, AuthenticationRegion = "us-east-1" });
        var template = await TemplateAsync(ec2);

        await client.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = "bot",
            MinSize = 1,
            MaxSize = 3,
            DesiredCapacity = 2,
            AvailabilityZones = ["us-east-1a"],
            LaunchTemplate = new Amazon.AutoScaling.Model.LaunchTemplateSpecification { LaunchTemplateId = template, Version = "1" },
            Tags = [new Amazon.AutoScaling.Model.Tag { Key = "app", Value = "a bot & more", PropagateAtLaunch = true }],
            LifecycleHookSpecificationList =
            [
                new LifecycleHookSpecification
                {
                    LifecycleHookName = "launch",
                    LifecycleTransition = "autoscaling:EC2_INSTANCE_LAUNCHING",
                    HeartbeatTimeout = 900,
                    DefaultResult = "ABANDON",
                },
            ],
        });
        var created = await GroupAsync(client);
        Assert.Equal((1, 3, 2), (created.MinSize, created.MaxSize, created.DesiredCapacity));
        Assert.Equal((template, "1"), (created.LaunchTemplate.LaunchTemplateId, created.LaunchTemplate.Version));
        Assert.Equal(("app", "a bot & more", true), (created.Tags[0].Key, created.Tags[0].Value, created.Tags[0].PropagateAtLaunch));
        Assert.Equal(2, created.Instances.Count);
        Assert.All(created.Instances, instance => Assert.Equal(LifecycleState.InService, instance.LifecycleState));

        await client.UpdateAutoScalingGroupAsync(new UpdateAutoScalingGroupRequest
        {
            AutoScalingGroupName = "bot",
            LaunchTemplate = new Amazon.AutoScaling.Model.LaunchTemplateSpecification { LaunchTemplateId = template, Version = "2" },
        });
        Assert.Equal("2", (await GroupAsync(client)).LaunchTemplate.Version);

        var old = created.Instances[0].InstanceId;
        var terminated = await client.TerminateInstanceInAutoScalingGroupAsync(new TerminateInstanceInAutoScalingGroupRequest
        {
            InstanceId = old,
            ShouldDecrementDesiredCapacity = false,
        });
        Assert.Equal("bot", terminated.Activity.AutoScalingGroupName);
        var replaced = await GroupAsync(client);
        Assert.DoesNotContain(replaced.Instances, instance => instance.InstanceId == old);
        Assert.Equal(2, replaced.Instances.Count);

        var instances = await client.DescribeAutoScalingInstancesAsync(
            new DescribeAutoScalingInstancesRequest { InstanceIds = [.. replaced.Instances.Select(instance => instance.InstanceId)] });
        Assert.All(instances.AutoScalingInstances, instance =>
            Assert.Equal(("bot", "InService"), (instance.AutoScalingGroupName, instance.LifecycleState)));
        Assert.Equal(2, instances.AutoScalingInstances.Count);

        await client.SetDesiredCapacityAsync(new SetDesiredCapacityRequest { AutoScalingGroupName = "bot", DesiredCapacity = 1 });
        Assert.Single((await GroupAsync(client)).Instances);

        await client.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest { AutoScalingGroupName = "bot", ForceDelete = true });
        Assert.Empty((await client.DescribeAutoScalingGroupsAsync(TestContext.Current.CancellationToken)).AutoScalingGroups ?? []);

        var gone = await Assert.ThrowsAsync<AmazonAutoScalingException>(
            () => client.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest { AutoScalingGroupName = "bot" }));
        Assert.Equal("ValidationError", gone.ErrorCode);
    }

    private static async Task<string> TemplateAsync(AmazonEC2Client ec2)
    {
        var images = await ec2.DescribeImagesAsync(new DescribeImagesRequest());
        var data = new RequestLaunchTemplateData { ImageId = images.Images[0].ImageId, InstanceType = InstanceType.T3Micro };
        var template = await ec2.CreateLaunchTemplateAsync(
            new CreateLaunchTemplateRequest { LaunchTemplateName = "bot", LaunchTemplateData = data });
        await ec2.CreateLaunchTemplateVersionAsync(new CreateLaunchTemplateVersionRequest
        {
            LaunchTemplateId = template.LaunchTemplate.LaunchTemplateId,
            LaunchTemplateData = data,
        });
        return template.LaunchTemplate.LaunchTemplateId;
    }

    private static async Task<AutoScalingGroup> GroupAsync(AmazonAutoScalingClient client)
    {
        var response = await client.DescribeAutoScalingGroupsAsync(
            new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = ["bot"] });
        return Assert.Single(response.AutoScalingGroups);
    }
}
