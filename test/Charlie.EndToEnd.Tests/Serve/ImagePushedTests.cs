using System.Text.Json.Nodes;
using Charlie.EndToEnd.Tests.Command;

namespace Charlie.EndToEnd.Tests.Serve;

public sealed class ImagePushedTests
{
    [Fact]
    public async Task Pushes_are_confirmed_once_doubles_and_late_ones_change_nothing_and_a_person_can_go_back()
    {
        AwsCommand.Need("aws");
        await using var served = await ServedAws.StartAsync();
        var first = Events.First();
        await served.AnswerToAsync(await served.Aws.PutAsync(first.Event));
        await served.UntilReportedAsync(first.Release, "Confirmed");
        var confirmed = await served.SettledAsync(first.Image);
        await LookWithAwsAsync(served, first);

        var again = await served.AnswerToAsync(await served.Aws.PutAsync(first.Event));
        Assert.Equal("AlreadyCurrent", (string?)again["outcome"]);
        Assert.Equal(confirmed, await served.SettledAsync(first.Image));

        var second = Events.Push(1048577, 7700200, 'b');
        await served.Aws.PutAsync(second.Event);
        await served.UntilReportedAsync(second.Release, "Confirmed");
        var newer = await served.SettledAsync(second.Image);
        var late = await served.AnswerToAsync(await served.Aws.PutAsync(first.Event));
        Assert.Equal("Stale", (string?)late["outcome"]);
        Assert.Contains(second.Release, (string?)late["reason"], StringComparison.Ordinal);
        Assert.Equal(newer, await served.SettledAsync(second.Image));

        await GoBackAsync(served, second, first);

        foreach (var release in new[] { first.Release, second.Release })
        {
            Assert.Equal(1, await served.CountAsync(release, "Confirmed"));
            Assert.Single(await served.AlertsAsync($"CONFIRMED charlie {release}"));
        }

        Assert.Empty(await served.AlertsAsync($"ROLLED BACK charlie {first.Release}"));
        Assert.Single(await served.AlertsAsync($"ROLLED BACK charlie {second.Release}"));

        await ExpectNoSecretAsync(served);
        await ExpectToHoldItsPortAsync(served);
        await ExpectToEndWithoutATraceAsync(served);
    }

    private static async Task LookWithAwsAsync(ServedAws served, PushedImage pushed)
    {
        var version = await served.Group.VersionOfAsync(pushed.Release);
        var groups = await served.Aws.RunAsync("autoscaling", "describe-auto-scaling-groups", "--auto-scaling-group-names", "charlie");
        var group = Assert.Single(groups["AutoScalingGroups"]!.AsArray())!;
        Assert.Equal(version, (string?)group["LaunchTemplate"]!["Version"]);
        var member = Assert.Single(group["Instances"]!.AsArray())!;
        Assert.Equal("InService", (string?)member["LifecycleState"]);
        Assert.Equal(version, (string?)member["LaunchTemplate"]!["Version"]);

        var described = await served.Aws.RunAsync("ec2", "describe-instances", "--instance-ids", (string)member["InstanceId"]!);
        var instance = Assert.Single(Assert.Single(described["Reservations"]!.AsArray())!["Instances"]!.AsArray())!;
        Assert.Equal("running", (string?)instance["State"]!["Name"]);
        Assert.Equal(pushed.Image, ValueOf(instance["Tags"]!, "charlie:image"));

        var templates = await served.Aws.RunAsync("ec2", "describe-launch-templates", "--launch-template-names", "charlie");
        var mark = ValueOf(Assert.Single(templates["LaunchTemplates"]!.AsArray())!["Tags"]!, $"charlie:confirmed:{pushed.Release}");
        Assert.StartsWith($"{version} ", mark, StringComparison.Ordinal);
    }

    private static async Task GoBackAsync(ServedAws served, PushedImage from, PushedImage to)
    {
        var request = Events.RollbackFrom(from.Release);
        var started = await served.AnswerToAsync(await served.Aws.PutAsync(request));
        Assert.Equal(("Started", to.Release), ((string?)started["outcome"], (string?)started["release"]));
        var back = await served.SettledAsync(to.Image);
        Assert.Equal(await served.Group.VersionOfAsync(to.Release), await served.Group.ReadPinAsync());
        var marks = await served.Group.ReadMarksAsync();
        Assert.Contains($"charlie:confirmed:{to.Release}", marks.Keys);
        Assert.Contains((string)request["detail"]!["reason"]!, marks[$"charlie:floor:{from.Release}:{to.Release}"], StringComparison.Ordinal);

        foreach (var envelope in new[] { request, from.Event })
        {
            var answer = await served.AnswerToAsync(await served.Aws.PutAsync(envelope));
            Assert.Equal("Stale", (string?)answer["outcome"]);
            Assert.Equal(back, await served.SettledAsync(to.Image));
        }
    }

    private static async Task ExpectNoSecretAsync(ServedAws served)
    {
        ProcessTree.Need();
        var functions = ProcessTree.Below(served.Command.Id).Select(ProcessTree.EnvironmentOf).Where(variables => variables.ContainsKey("_HANDLER")).ToList();
        Assert.Equal(["Lifecycle", "Refresh"], functions.Select(variables => variables["_HANDLER"]).Distinct().Order());
        var shown = new List<string> { served.Command.ToString() };
        foreach (var control in new[] { "timeline", "messages", "invocations", "calls" })
        {
            shown.Add((await served.ReadAsync(control)).ToString());
        }

        foreach (var secret in functions.SelectMany(variables => new[] { variables["AWS_SECRET_ACCESS_KEY"], variables["AWS_SESSION_TOKEN"] }))
        {
            Assert.True(secret.Length >= 20, "a secret this short may be anywhere");
            Assert.All(shown, text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    private static async Task ExpectToHoldItsPortAsync(ServedAws served)
    {
        var second = await CharlieCommand.RunAsync("serve", "--port", $"{served.Endpoint.Port}");
        Assert.Equal((2, ""), (second.ExitCode, second.Output));
        Assert.StartsWith($"charlie: Port {served.Endpoint.Port} on 127.0.0.1 is in use", Assert.Single(second.ErrorLines), StringComparison.Ordinal);
    }

    private static async Task ExpectToEndWithoutATraceAsync(ServedAws served)
    {
        var functions = ProcessTree.Below(served.Command.Id);
        served.Command.Signal(CharlieCommand.Terminate);
        var end = await served.Command.EndAsync();
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.DoesNotContain(functions, ProcessTree.Runs);
    }

    private static string? ValueOf(JsonNode tags, string key) =>
        (string?)tags.AsArray().FirstOrDefault(tag => (string?)tag!["Key"] == key)?["Value"];
}
