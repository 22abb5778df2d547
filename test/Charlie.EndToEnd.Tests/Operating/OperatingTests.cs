using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Cli.Commands;
using Charlie.Cli.Commands.Operating;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Serve;
using Charlie.Operations.Doctor;
using Charlie.Operations.History;
using Charlie.Operations.Planning;
using Charlie.Operations.Releases;
using Charlie.Operations.Requests;
using Charlie.Operations.Status;
using Charlie.Sandbox.Template;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>A day of an operator, command by command; the captures are those of docs/operating.md.</summary>
public sealed class OperatingTests
{
    private const string First = "1048576.7700123";
    private const string Second = "1048577.7700124";
    private const string Third = "1048578.7700125";

    [Fact]
    public async Task A_command_answers_or_says_in_one_line_what_is_wrong()
    {
        await using var served = await ServedAws.StartAsync();
        var charlie = new OperatingCommand(served);
        var status = await charlie.ReadAsync<StatusDocument>(0, "status");
        Assert.Equal((AppState.InSync, "0.0", 1), (status.State, status.Desired.Release, status.InService));
        Assert.Empty((await charlie.ReadAsync<PlanDocument>(0, "plan")).Actions);
        Assert.Contains(
            "There is no parameter /charlie/other/stack here",
            await charlie.RunAsync(2, "status", "--app", "other"),
            StringComparison.Ordinal);
        Assert.Contains("Did you mean status?", await charlie.RunAsync(2, "stauts"), StringComparison.Ordinal);
        foreach (var number in (string[])["0", "-1", "x"])
        {
            Assert.Contains(
                $"-n must be a number of releases, 1 or more; it is '{number}'.",
                await charlie.RunAsync(2, "history", "-n", number),
                StringComparison.Ordinal);
        }

        Assert.Contains("Release 1.1 is not on record", await charlie.RunAsync(2, "logs", "1.1"), StringComparison.Ordinal);
        Assert.Contains("--json", await charlie.RunAsync(2, "logs", "0.0", "--json"), StringComparison.Ordinal);
        Assert.Contains(
            "must be registry.gitlab.com/example/charlie@sha256:",
            await charlie.RunAsync(2, "plan", "--image", "registry.gitlab.com/example/charlie:latest"),
            StringComparison.Ordinal);
        await served.Group.SuspendAsync("Terminate");
        Assert.Contains("process Terminate is suspended", await charlie.RunAsync(1, "push"), StringComparison.Ordinal);
        var turnedDown = await charlie.ReadAsync<PushDocument>(1, "push");
        Assert.Contains("process Terminate is suspended", turnedDown.TurnedDown!, StringComparison.Ordinal);
        Assert.Equal("0.0", (await charlie.ReadAsync<HistoryDocument>(0, "history")).Releases.Single().Release);
    }

    [LongFact]
    public async Task An_operator_sees_and_steers_an_app_with_one_command_each()
    {
        await using var served = await ServedAws.StartAsync();
        var charlie = new OperatingCommand(served);
        await DeployAsync(charlie);
        await new OperatingCommand(served, 120).CaptureAsync("status", 0, "status");
        await FailAsync(charlie);
        await new OperatingCommand(served, 120).CaptureAsync("history", 0, "history");
        await RollBackAsync(charlie);
        await HoldAsync(charlie);
        await StopAsync(charlie);
        await LogsAsync(charlie);
        await BreakAsync(charlie, served);
        await ExpectRightsAsync(served);
        await InterruptAsync(charlie);
    }

    private static async Task DeployAsync(OperatingCommand charlie)
    {
        Assert.Equal(AppState.InSync, (await charlie.ReadAsync<StatusDocument>(0, "status")).State);
        await charlie.CaptureAsync("push", 0, "push");
        await charlie.CaptureAsync("wait", 0, "wait", "--release", First);
        Assert.Equal(WaitEnd.Confirmed, (await charlie.ReadAsync<WaitDocument>(0, "wait", "--release", First)).Outcome);
        await charlie.RunAsync(0, "status");
        await UntilInSyncAsync(charlie);
        await charlie.CaptureAsync("status", 0, "status");
        await charlie.CaptureAsync("plan", 0, "plan");
    }

    private static async Task FailAsync(OperatingCommand charlie)
    {
        await using var watch = charlie.Start("status", "--watch");
        await Poll.UntilAsync("the watch to begin", () => Task.FromResult(watch.Output.Contains("InService", StringComparison.Ordinal)));
        await using var lines = charlie.Start("status", "--watch", "--json");
        await Poll.UntilAsync("the watch's first line", () => Task.FromResult(lines.Output.Contains('\n', StringComparison.Ordinal)));
        var pushed = await charlie.ReadAsync<PushDocument>(0, "push", "exits", "--says", "panic: no config");
        Assert.Equal((Second, "exits", null), (pushed.Release, pushed.Behaviour, pushed.TurnedDown));
        await charlie.CaptureAsync("wait-rolled-back", 1, "wait", "--release", Second);
        var watched = await watch.EndAsync();
        Assert.Equal(ExitCodes.Failure, watched.ExitCode);
        Assert.Contains(
            $"release {Second}: rolled back by charlie: app: exited with 1: panic: no config\n", watched.Output, StringComparison.Ordinal);
        Assert.Contains($"release {First} is confirmed and runs on 1 of 1 instances.\n", watched.Output, StringComparison.Ordinal);
        ExpectChanges((await lines.EndAsync()).Output);
        await UntilInSyncAsync(charlie);
        await charlie.CaptureAsync("status-rolled-back", 0, "status");
        await charlie.CaptureAsync("history", 0, "history");
        await charlie.CaptureAsync("show", 0, "show", Second);
        await charlie.CaptureAsync("status-pt", 0, "status", "--lang", "pt");
        await charlie.CaptureAsync("history-pt", 0, "history", "--lang", "pt");
        await charlie.CaptureAsync("show-pt", 0, "show", Second, "--lang", "pt");
        await charlie.CaptureAsync("wait-pt", 1, "wait", "--release", Second, "--lang", "pt");
        var history = await charlie.ReadAsync<HistoryDocument>(0, "history", "-n", "2");
        Assert.Equal(
            [(Second, ReleaseState.RolledBack), (First, ReleaseState.Confirmed)],
            history.Releases.Select(release => (release.Release, release.State)));
        Assert.Equal("app: exited with 1: panic: no config", (await charlie.ReadAsync<ShownRelease>(0, "show", Second)).Release.Reason);
    }

    private static void ExpectChanges(string output)
    {
        var changes = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<StatusDocument>(line, Documents.Options)!)
            .ToList();
        Assert.Equal((AppState.InSync, First), (changes[^1].State, changes[^1].Desired.Release));
        Assert.All(changes.Zip(changes.Skip(1)), pair => Assert.True(StatusChange.Is(pair.First, pair.Second)));
    }

    private static async Task RollBackAsync(OperatingCommand charlie)
    {
        await charlie.CaptureAsync("plan-rollback", 1, "plan", "--rollback");
        Assert.Equal(
            ["Reject", "Pin", "Terminate"],
            (await charlie.ReadAsync<PlanDocument>(1, "plan", "--rollback")).Actions.Select(action => action.Action));
        Assert.Contains("Say why: --reason", await charlie.RunAsync(2, "rollback"), StringComparison.Ordinal);
        Assert.Contains(
            "Without a terminal a request needs --yes.", await charlie.RunAsync(2, "rollback", "-m", "margins"), StringComparison.Ordinal);
        Assert.Contains(
            $"did you mean {First} or {Second}?",
            await charlie.RunAsync(2, "rollback", "--to", "1048576.7700124", "-m", "margins", "-y"),
            StringComparison.Ordinal);
        var turnedDown = await charlie.ReadAsync<AnswerDocument>(1, "rollback", "--from", First, "--to", Second, "-m", "margins", "-y");
        Assert.Equal((false, "Rejected"), (turnedDown.IsRecorded, turnedDown.Outcome));
        await charlie.CaptureAsync("rollback", 0, "rollback", "--no-wait", "--by", "maria", "-m", "margins are wrong", "-y");
        await UntilInSyncAsync(charlie);
    }

    private static async Task HoldAsync(OperatingCommand charlie)
    {
        await charlie.CaptureAsync(
            "hold", 0, "hold", "--by", "maria", "-m", "elections", "--until", "tomorrow 18:00 America/Sao_Paulo", "-y");
        await charlie.RunAsync(0, "push");
        await charlie.CaptureAsync("wait-held", 5, "wait", "--release", Third);
        await charlie.CaptureAsync("status-held", 0, "status");
        Assert.Contains("'25:00' is no time", await charlie.RunAsync(2, "hold", "-m", "x", "--until", "25:00"), StringComparison.Ordinal);
        await charlie.CaptureAsync("resume", 0, "resume", "--by", "maria", "-m", "the votes are counted", "-y");
        await charlie.RunAsync(0, "wait", "--release", Third);
        Assert.Contains("Nothing is held.", await charlie.RunAsync(2, "resume", "-y"), StringComparison.Ordinal);
        await charlie.RunAsync(0, "wait", "--release", Third);
    }

    private static async Task StopAsync(OperatingCommand charlie)
    {
        await UntilInSyncAsync(charlie);

        // EC2 tells launch times by the second, and so does EventBridge.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True((await charlie.ReadAsync<AnswerDocument>(0, "restart", "-m", "a leak", "-y")).IsRecorded);
        Assert.Equal(AppState.InSync, (await charlie.ReadAsync<StatusDocument>(0, "status")).State);
        await charlie.RunAsync(0, "stop", "-m", "the exchange is closed", "--by", "maria", "-y");
        await charlie.CaptureAsync("status-stopped", 0, "status");
        await charlie.RunAsync(0, "start", "-y");
        Assert.Equal(AppState.InSync, (await charlie.ReadAsync<StatusDocument>(0, "status")).State);
    }

    private static async Task LogsAsync(OperatingCommand charlie)
    {
        var logs = await charlie.RunAsync(0, "logs", Second);
        Assert.Contains("panic: no config", logs, StringComparison.Ordinal);
        Assert.DoesNotContain(First + " is confirmed", logs, StringComparison.Ordinal);
    }

    private static async Task BreakAsync(OperatingCommand charlie, ServedAws served)
    {
        await charlie.RunAsync(0, "break", "error-500");
        await Poll.UntilAsync(
            "the sweep to find that the app is down",
            async () => await charlie.ReadAsync<StatusDocument>(0, "status") is { State: AppState.Down } || !await served.SweepAsync());
        await charlie.CaptureAsync("status-down", 0, "status");
        await charlie.RunAsync(0, "break", "healthy");
        await Poll.UntilAsync(
            "the sweep to find that the app is not down any more",
            async () => await charlie.ReadAsync<StatusDocument>(0, "status") is { DownSince: null } || !await served.SweepAsync());

        // charlie serve subscribes nobody to the alerts; everything else is as it must be.
        await charlie.CaptureAsync("doctor", 1, "doctor");
        var examined = await charlie.ReadAsync<DoctorDocument>(1, "doctor");
        Assert.Equal(["NobodyIsTold"], examined.Findings.Select(finding => finding.Name));
        Assert.Equal(
            ["the alarms", "the security groups", "Lifecycle's way to AWS", "the machines' secrets", "the images"],
            examined.Unread.Select(unread => unread.Split(':')[0]));
    }

    /// <summary>What the commands called of AWS is what the policy of the template allows, none of it missing and none to spare.</summary>
    private static async Task ExpectRightsAsync(ServedAws served)
    {
        var calls = (await served.ReadAsync("calls"))["entries"]!.AsArray()
            .Where(call => (string?)call!["caller"] == OperatingCommand.AccessKey)
            .Select(call => $"{call!["service"]}:{call["action"]}")
            .Distinct()
            .Order(StringComparer.Ordinal);
        var statements = TemplateText.Parse(await File.ReadAllTextAsync(Path.Combine(Golden.Root(), "serverless.template")))
            ["Resources"]!["CharlieOperator"]!["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray();
        var allowed = statements.Select(one => one!["Fn::If"]?[1] ?? one).SelectMany(statement => statement!["Action"] is JsonArray many
            ? many.Select(action => (string)action!) : [(string)statement["Action"]!]);

        // Only with strategy Rolling instance refreshes are read, and only with Handover scheduled actions; the embedded AWS has no
        // alarms and networks; DoctorSecretTests has secrets.
        string[] others =
        [
            "autoscaling:DescribeInstanceRefreshes", "autoscaling:DescribeScheduledActions", "cloudwatch:DescribeAlarms",
            "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcEndpoints",
            "iam:SimulatePrincipalPolicy", "secretsmanager:DescribeSecret",
        ];
        Assert.Equal(allowed.Except(others).Order(StringComparer.Ordinal), calls.Except(others));
    }

    private static async Task InterruptAsync(OperatingCommand charlie)
    {
        const int Interrupt = 2;
        Assert.SkipWhen(ProcessTree.Ignores(Interrupt), "this test was started to ignore Ctrl-C");
        await using var watch = charlie.Start("status", "--watch");
        await Poll.UntilAsync(
            "the watch to show something", () => Task.FromResult(watch.Output.Contains("InService", StringComparison.Ordinal)));
        watch.Send(Interrupt);
        Assert.Equal(130, (await watch.EndAsync()).ExitCode);
    }

    private static Task UntilInSyncAsync(OperatingCommand charlie) => Poll.UntilAsync(
        "the app to be in sync and nothing else to run",
        async () => await charlie.ReadAsync<StatusDocument>(0, "status") is { State: AppState.InSync, Instances.Count: 1 });
}
