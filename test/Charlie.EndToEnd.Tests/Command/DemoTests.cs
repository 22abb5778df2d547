using System.Text.Json.Nodes;
using Charlie.Sandbox.Template;

namespace Charlie.EndToEnd.Tests.Command;

public sealed class DemoTests
{
    [Fact]
    public async Task Without_a_command_the_demo_tells_in_few_lines_how_one_release_is_confirmed_and_one_rolled_back()
    {
        var end = await CharlieCommand.RunAsync();

        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        var lines = end.Output.TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 20, 32);
        Assert.Contains(
            lines, line => line.Contains("mail: CONFIRMED 1.1 (1048576.7700123): in service and healthy, ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("rejected, back to the release before: ", StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(line => line.Contains(" s out of service", StringComparison.Ordinal)));
        Assert.Contains("All 6 checks passed", end.Output, StringComparison.Ordinal);
        Assert.Contains("Next:  charlie serve", end.Output, StringComparison.Ordinal);
    }

    [LongFact]
    public async Task Verbosely_it_shows_every_step_mail_and_check()
    {
        var end = await CharlieCommand.RunAsync("demo", "--verbose");

        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.Contains("[charlie] CONFIRMED 1.1 (1048576.7700123): ", end.Output, StringComparison.Ordinal);
        Assert.Contains("[charlie] ROLLED BACK 1.2 (1048577.7700124): back to release 1.1 (1048576.7700123)", end.Output, StringComparison.Ordinal);
        Assert.Contains("passed  exactly one instance is in service", end.Output, StringComparison.Ordinal);
        Assert.Contains("All 6 checks passed", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not-a-secret", end.Output, StringComparison.Ordinal);
    }
}

public sealed class DemoJsonTests
{
    [Fact]
    public async Task With_json_it_prints_the_reports_and_nothing_else_but_the_story_on_standard_error()
    {
        var end = await CharlieCommand.RunAsync("demo", "--json");

        Assert.Equal(0, end.ExitCode);
        Assert.Contains("in service", end.Error, StringComparison.Ordinal);
        var reports = JsonNode.Parse(end.Output)!.AsArray();
        string[] ends = [.. reports.Select(report => $"{report!["release"]} {report["outcome"]}")
            .Where(text => text.EndsWith("Confirmed", StringComparison.Ordinal) || text.EndsWith("RolledBack", StringComparison.Ordinal))];
        Assert.Equal(["0.0 Confirmed", "1048576.7700123 Confirmed", "1048577.7700124 RolledBack"], ends);
        Assert.All(reports, report => Assert.False(string.IsNullOrWhiteSpace((string?)report!["summary"])));
    }
}

public sealed class FailingDemoTests
{
    [Fact]
    public async Task Functions_that_do_nothing_end_the_demo_with_a_failure()
    {
        // A file that is there, and no program.
        var end = await CharlieCommand.RunAsync(
            "demo", "--json", "--functions", Path.Combine(AppContext.BaseDirectory, "serverless.template"));

        Assert.Equal((1, ""), (end.ExitCode, end.Output));
        Assert.Matches("^charlie: The functions' program .*serverless.template does not start: ", end.ErrorLines[^1]);
    }
}

public sealed class DemoOfABrokenStackTests
{
    [LongFact]
    public async Task A_story_that_ends_but_for_an_alert_is_a_failure()
    {
        var template = TemplateText.Parse(await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "serverless.template"), TestContext.Current.CancellationToken));
        template["Resources"]!.AsObject().Remove("RolledBackAlert");
        using var file = new TemporaryFile(template.ToJsonString());

        var end = await CharlieCommand.RunAsync("demo", "--json", "--template", file.Path);

        Assert.Equal(1, end.ExitCode);
        Assert.StartsWith("failed: both were notified", end.ErrorLines[^1], StringComparison.Ordinal);
        Assert.NotEmpty(JsonNode.Parse(end.Output)!.AsArray());
    }
}
