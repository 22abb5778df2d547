using System.Text.RegularExpressions;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Serve;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>Each complaint of docs/troubleshooting.md is played, and the page's own commands say what it says that they do.</summary>
public sealed partial class TroubleshootingTests
{
    private const string Docs = "docs/troubleshooting.md";
    private const string Pushed = "1048576.7700123";

    private static string Page => File.ReadAllText(Path.Combine(Golden.Root(), Docs));

    [Fact]
    public async Task I_pushed_and_nothing_happened()
    {
        await using var served = await ServedAws.StartAsync();
        var charlie = new OperatingCommand(served);
        await charlie.RunAsync(0, "hold", "-m", "elections", "--by", "maria", "-y");
        await charlie.RunAsync(0, "push");
        await CaptureAsync(charlie, "pushed-history");
        await CaptureAsync(charlie, "pushed-status");
        await CaptureAsync(charlie, "pushed-resume");
        await charlie.RunAsync(0, "wait", "--release", Pushed);
    }

    [Fact]
    public async Task It_rolled_back_and_I_do_not_see_why()
    {
        await using var served = await ServedAws.StartAsync();
        var charlie = new OperatingCommand(served);
        await charlie.RunAsync(0, "push", "exits", "--says", "panic: no config");
        await charlie.RunAsync(1, "wait", "--release", Pushed);
        await Poll.UntilAsync(
            "the base image to run again", async () => await served.Group.OnlyInServiceAsync() is not null, served.DescribeAsync);
        await CaptureAsync(charlie, "back-history");
        await CaptureAsync(charlie, "back-show");
        Assert.Contains("panic: no config", await charlie.RunAsync(0, Words("back-logs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_gets_mails()
    {
        await using var served = await ServedAws.StartAsync();
        var charlie = new OperatingCommand(served);
        await CaptureAsync(charlie, "mails-doctor", code: 1);
        var subscribed = await served.Aws.RunAsync(Line("mails-subscribe").Split(' ')[1..]);
        Assert.StartsWith("arn:aws:sns:", (string?)subscribed["SubscriptionArn"], StringComparison.Ordinal);
        Assert.Contains("no complaint", await charlie.RunAsync(0, Words("mails-again")), StringComparison.Ordinal);
    }

    private static Task CaptureAsync(OperatingCommand charlie, string name, int code = 0) =>
        charlie.CaptureAsync(Docs, name, code, Words(name));

    /// <summary>The words after <c>charlie</c>, as a shell gives them.</summary>
    private static string[] Words(string name)
    {
        var line = Line(name);
        Assert.StartsWith("charlie ", line, StringComparison.Ordinal);
        return [.. Word().Matches(line["charlie ".Length..]).Select(word => word.Value.Trim('"'))];
    }

    private static string Line(string name)
    {
        var block = Regex.Match(Page, $"<!-- (?:capture|command): {Regex.Escape(name)} -->\n```text\n\\$ (.*)\n");
        Assert.True(block.Success, $"{Docs} has no block '{name}'.");
        return block.Groups[1].Value;
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
