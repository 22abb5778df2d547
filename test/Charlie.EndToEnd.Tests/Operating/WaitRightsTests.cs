using System.Text.Json.Nodes;
using Charlie.EndToEnd.Tests.Serve;
using Charlie.Operations.Requests;
using Charlie.Sandbox.Template;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>A deploy job that waits may call what <c>charlie wait</c> calls, and nothing else.</summary>
public sealed class WaitRightsTests
{
    // Only with strategy Rolling instance refreshes are read.
    private const string OfRolling = "autoscaling:DescribeInstanceRefreshes";

    [Fact]
    public async Task The_role_of_the_pipeline_allows_the_calls_of_charlie_wait()
    {
        await using var served = await ServedAws.StartAsync();
        var waited = await new OperatingCommand(served).ReadAsync<WaitDocument>(0, "wait", "--release", "0.0");

        Assert.Equal(WaitEnd.Confirmed, waited.Outcome);
        var calls = (await served.ReadAsync("calls"))["entries"]!.AsArray()
            .Where(call => (string?)call!["caller"] == OperatingCommand.AccessKey)
            .Select(call => $"{call!["service"]}:{call["action"]}")
            .Distinct();
        var template = TemplateText.Parse(await File.ReadAllTextAsync(
            Path.Combine(Golden.Root(), "infrastructure", "gitlab.template"), TestContext.Current.CancellationToken));
        var allowed = template["Resources"]!["WaitPolicy"]!["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray()
            .SelectMany(one => one!["Action"] is JsonArray many ? many.Select(action => (string)action!) : [(string)one["Action"]!]);
        Assert.Equal(allowed.Order(StringComparer.Ordinal), calls.Append(OfRolling).Order(StringComparer.Ordinal));
    }
}
