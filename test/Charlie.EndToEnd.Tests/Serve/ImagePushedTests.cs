using System.Text.Json.Nodes;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Operating;

namespace Charlie.EndToEnd.Tests.Serve;

public sealed class ImagePushedTests
{
    [Fact]
    public async Task Pushes_are_confirmed_once_and_an_operator_can_roll_back()
    {
        Tool.Need("aws");
        await using var served = await ServedAws.StartAsync();
        var first = Events.First();
        await served.ResponseToAsync(await served.Aws.PutAsync(first.Event));
        await served.UntilReportedAsync(first.Release, "Confirmed");
        var confirmed = await served.SettledAsync(first.Image);
        await CheckWithAwsAsync(served, first);

        var again = await served.ResponseToAsync(await served.Aws.PutAsync(first.Event));
        Assert.Equal("AlreadyCurrent", (string?)again["outcome"]);
        Assert.Equal(confirmed, await served.SettledAsync(first.Image));

        var second = Events.Push(1048577, 7700200, 'b');
        await served.Aws.PutAsync(second.Event);
        await served.UntilReportedAsync(second.Release, "Confirmed");
        var newer = await served.SettledAsync(second.Image);
        var late = await served.ResponseToAsync(await served.Aws.PutAsync(first.Event));
        Assert.Equal("Stale", (string?)late["outcome"]);
        Assert.Contains(second.Release, (string?)late["reason"], StringComparison.Ordinal);
        Assert.Equal(newer, await served.SettledAsync(second.Image));

        await GoBackAsync(served, second, first);

        foreach (var release in new[] { first.Release, second.Release })
        {
            await served.ExpectConfirmedAsync(release);
        }

        Assert.Empty(await served.AlertsAsync($"ROLLED BACK {first.Release}: "));
        await served.AlertAsync($"ROLLED BACK {second.Release}: ");

        await ExpectMetricsAsync(served);
        await ExpectNoSecretAsync(served);
        await ExpectToHoldItsPortAsync(served);
        await ExpectToEndWithoutATraceAsync(served);
    }

    private static async Task CheckWithAwsAsync(ServedAws served, PushedImage pushed)
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
        var recordTag = ValueOf(Assert.Single(templates["LaunchTemplates"]!.AsArray())!["Tags"]!, $"charlie:confirmed:{pushed.Release}");
        Assert.StartsWith($"{version} ", recordTag, StringComparison.Ordinal);
    }

    /// <summary>Every report is kept, but what the sweeps say each minute; the metrics come from there.</summary>
    private static async Task ExpectMetricsAsync(ServedAws served)
    {
        var stack = await served.Aws.RunAsync("ssm", "get-parameter", "--name", "/charlie/charlie/stack");
        var group = (string)JsonNode.Parse((string)stack["Parameter"]!["Value"]!)!["reportLogs"]!;
        var kept = (await served.Aws.RunAsync("logs", "filter-log-events", "--log-group-name", group))["events"]!.AsArray()
            .Select(one => (string)one!["message"]!).ToList();
        Assert.DoesNotContain(kept, line => line.Contains("\"NothingToDo\"", StringComparison.Ordinal));
        var metrics = ReportMetrics.Read(await File.ReadAllTextAsync(Path.Combine(Golden.Root(), "serverless.template"))).Of(kept);
        Assert.Equal(kept.Count, metrics["Reports"].Count());
        Assert.NotEmpty(metrics["FailedProbes"]);
        Assert.All([.. metrics["SecondsToConfirmed"], .. metrics["SecondsToInService"]], seconds => Assert.InRange(seconds, 0, 3600));
        Assert.True(metrics["SecondsToConfirmed"].Count() >= 2 && metrics["SecondsToInService"].Count() >= 2, string.Join('\n', kept));
    }

    private static async Task GoBackAsync(ServedAws served, PushedImage from, PushedImage to)
    {
        var request = Events.RollbackFrom(from.Release);
        var started = await served.ResponseToAsync(await served.Aws.PutAsync(request));
        Assert.Equal(("Started", to.Release), ((string?)started["outcome"], (string?)started["release"]));
        var back = await served.SettledAsync(to.Image);
        Assert.Equal(await served.Group.VersionOfAsync(to.Release), await served.Group.ReadPinAsync());
        var recordTags = await served.Group.ReadRecordTagsAsync();
        Assert.Contains($"charlie:confirmed:{to.Release}", recordTags.Keys);
        Assert.Contains((string)request["detail"]!["reason"]!, recordTags[$"charlie:rejected:{from.Release}:{to.Release}"],
            StringComparison.Ordinal);

        // A request that came too late is answered to people; a push that is recorded comes again without a word.
        foreach (var (envelope, notified) in new[] { (request, true), (from.Event, false) })
        {
            var response = await served.ResponseToAsync(await served.Aws.PutAsync(envelope));
            Assert.Equal(("Stale", notified), ((string?)response["outcome"], (bool)response["notify"]!));
            Assert.Equal(back.Group, (await served.SettledAsync(to.Image)).Group);
        }

        await served.AlertAsync($"STALE {from.Release}: ");
        Assert.Contains((string)request["detail"]!["reason"]!, await served.AlertAsync($"STARTED {to.Release}: "),
            StringComparison.Ordinal);
    }

    private static async Task ExpectNoSecretAsync(ServedAws served)
    {
        ProcessTree.Need();
        var functions = ProcessTree.Below(served.Command.Id).Select(ProcessTree.EnvironmentOf)
            .Where(variables => variables.ContainsKey("_HANDLER")).ToList();
        Assert.Equal(["Lifecycle", "Notify", "Refresh"], functions.Select(variables => variables["_HANDLER"]).Distinct().Order());
        var shown = new List<string> { served.Command.ToString() };
        foreach (var control in new[] { "timeline", "messages", "invocations", "calls" })
        {
            shown.Add((await served.ReadAsync(control)).ToString());
        }

        foreach (var secret in functions.SelectMany(
            variables => new[] { variables["AWS_SECRET_ACCESS_KEY"], variables["AWS_SESSION_TOKEN"] }))
        {
            Assert.True(secret.Length >= 20, "a secret this short may be anywhere");
            Assert.All(shown, text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    private static async Task ExpectToHoldItsPortAsync(ServedAws served)
    {
        var second = await CharlieCommand.RunAsync("serve", "--port", $"{served.Endpoint.Port}");
        Assert.Equal((2, ""), (second.ExitCode, second.Output));
        Assert.StartsWith($"charlie: Port {served.Endpoint.Port} on 127.0.0.1 is in use", Assert.Single(second.ErrorLines),
            StringComparison.Ordinal);
    }

    private static async Task ExpectToEndWithoutATraceAsync(ServedAws served)
    {
        var functions = ProcessTree.Below(served.Command.Id);
        served.Command.Send(Signal.Terminate);
        var end = await served.Command.EndAsync();
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.DoesNotContain(functions, ProcessTree.Runs);
    }

    private static string? ValueOf(JsonNode tags, string key) =>
        (string?)tags.AsArray().FirstOrDefault(tag => (string?)tag!["Key"] == key)?["Value"];
}
