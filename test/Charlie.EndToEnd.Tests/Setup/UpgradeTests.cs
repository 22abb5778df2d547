using System.Text.Json.Nodes;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Serve;

namespace Charlie.EndToEnd.Tests.Setup;

/// <summary>The chapter "Upgrade Charlie" of docs/owning.md, its commands read from the page.</summary>
public sealed class UpgradeTests
{
    private const string Region = "export AWS_REGION=us-east-1";
    private const string Token = "glpat-of-the-registry\n";
    private const string Answers = " --set ProjectId=4242 --set AlertEmail=ops@example.com --set BakeSeconds=1";

    // What git pull brings: functions with another setting, and another script on the machine.
    private const string Pull = "sed -i 's/^      Timeout: 60$/      Timeout: 61/' serverless.template;"
        + " printf '# newer\\n' >> instance/run_app.sh";

    [LongFact]
    public async Task An_upgrade_does_not_restart_the_app_and_the_next_push_takes_the_new_machine()
    {
        Assert.Equal(
            ["./charlie plan", "./install charlie", "./install machine", "./install production", "./charlie doctor"], OwningPage.Upgrade);
        await using var account = await EmptyAccount.StartAsync();
        await account.SucceedAsync($"{Region}; ./install machine && ./install production && ./install charlie{Answers}", Token);
        await account.SucceedAsync($"{Region}; ./charlie doctor --wait && ./charlie push");
        var group = account.Served.Group;
        var running = await ReleasedAsync(account, "1048576.7700123");
        var (records, machine) = (await group.ReadRecordTagsAsync(), await MachineImageAsync(account, running));

        await account.SucceedAsync($"{Region}; {Pull}");
        await account.SucceedAsync($"{Region}; {string.Join(" && ", OwningPage.Upgrade)}");
        Assert.Equal(running, await InstanceAsync(account));
        Assert.Equal(records, await group.ReadRecordTagsAsync());
        Assert.Equal(
            ["charlie", "charlie-image", "charlie-production"],
            (await account.Served.Aws.RunAsync("cloudformation", "describe-stacks"))["Stacks"]!.AsArray()
                .Where(stack => (string?)stack!["StackStatus"] == "UPDATE_COMPLETE").Select(stack => (string?)stack!["StackName"]));

        // Charlie pins the desired release again: what launches before the next push is the release, not the base.
        await account.Served.SweepAsync();
        var pin = await group.VersionOfAsync("1048576.7700123");
        await Poll.UntilAsync("the desired release to be pinned", async () => await group.ReadPinAsync() == pin, group.DescribeAsync);
        Assert.Equal(running, await InstanceAsync(account));

        await account.SucceedAsync($"{Region}; ./charlie push");
        var next = await ReleasedAsync(account, "1048577.7700124");
        Assert.NotEqual(running, next);
        Assert.NotEqual(machine, await MachineImageAsync(account, next));
        Assert.Equal(await OutputAsync(account), await MachineImageAsync(account, next));
    }

    /// <summary>Waits until a release is confirmed and reported; returns the one instance, which runs it.</summary>
    private static async Task<string> ReleasedAsync(EmptyAccount account, string release)
    {
        var group = account.Served.Group;
        await Poll.UntilAsync(
            $"release {release} to be confirmed",
            async () => (await group.ReadRecordTagsAsync()).ContainsKey($"charlie:confirmed:{release}") && await group.HaveEndsLeftAsync(),
            group.DescribeAsync);
        return await InstanceAsync(account);
    }

    /// <summary>The only instance of the group, in service.</summary>
    private static async Task<string> InstanceAsync(EmptyAccount account)
    {
        var group = (await account.Served.Aws.RunAsync("autoscaling", "describe-auto-scaling-groups"))["AutoScalingGroups"]![0]!;
        var instance = Assert.Single(group["Instances"]!.AsArray())!;
        Assert.Equal("InService", (string?)instance["LifecycleState"]);
        return (string)instance["InstanceId"]!;
    }

    private static async Task<string?> MachineImageAsync(EmptyAccount account, string instance) =>
        (string?)(await account.Served.Aws.RunAsync("ec2", "describe-instances", "--instance-ids", instance))
            ["Reservations"]![0]!["Instances"]![0]!["ImageId"];

    private static async Task<string?> OutputAsync(EmptyAccount account) =>
        (string?)(await account.Served.Aws.RunAsync("cloudformation", "describe-stacks", "--stack-name", "charlie-image"))
            ["Stacks"]![0]!["Outputs"]!.AsArray().Single()!["OutputValue"];
}
