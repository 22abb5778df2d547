using System.Text.Json.Nodes;
using Charlie.Cli.Web.Serving;
using Charlie.EndToEnd.Tests.Serve;
using Charlie.Lambdas.Decisions;
using Charlie.Sandbox.Context;
using static Charlie.EndToEnd.Tests.Operating.Examples;
using Snapshot = Charlie.Lambdas.Decisions.Snapshot;

namespace Charlie.EndToEnd.Tests.Web;

/// <summary>The page in a real browser.</summary>
public sealed class PageStoryTests
{
    private const int ManyInstances = 1000;

    private static readonly string[] Clicked =
    [
        "copy", "push-good", "push-crashing", "push-wrong", "kill-instance", "lose-event", "push-good", "sweep", "kill-function",
        "push-slow", "push-flapping", "roll-back", "hold", "push-good", "roll-back", "resume", "restart", "stop", "start", "filters",
        "keyboard", "language",
    ];

    [LongFact]
    public async Task The_playground_of_charlie_serve_does_what_its_buttons_say()
    {
        BrowserScript.Need();
        await using var served = await ServedAws.StartAsync();
        var told = await BrowserScript.RunAsync("story.mjs", served.Endpoint);
        Assert.Equal(Clicked, told["clicked"]!.AsArray().Select(one => (string)one!));
        Assert.Equal(6, told["checked"]!.AsArray().Count);
        BrowserScript.ExpectClean(told);
    }

    [LongFact]
    public async Task A_thousand_instances_and_ten_thousand_entries_are_shown()
    {
        BrowserScript.Need();
        var timeline = Enumerable.Range(0, ConsoleFeed.MaxTimeline).Select(number => new TimelineEntry(
            Now.AddSeconds(number), number % 2 == 0 ? "ec2" : "lambda", "Something", $"i-{number}", $"entry {number} of many"));
        var source = new FakeSource(Many(), new Uri("http://127.0.0.1:4566"), [.. timeline]);
        await using var server = await StartAsync(source, isActing: true);
        var told = await BrowserScript.RunAsync("scale.mjs", server.Address);
        Assert.InRange((int)told["first"]!, 2, 50);
        Assert.Equal(ManyInstances + 1, (int)told["lanes"]!);
        Assert.InRange((int)told["entries"]!, 100, 1000);
        Assert.Equal("entry 9876 of many", (string)told["found"]!);
        BrowserScript.ExpectClean(told);
    }

    [LongFact]
    public async Task A_page_of_an_account_that_only_reads_has_commands_and_no_buttons()
    {
        BrowserScript.Need();
        await using var server = await StartAsync(new FakeSource(Confirmed()), isActing: false);
        var told = await BrowserScript.RunAsync("account.mjs", server.Address);
        Assert.DoesNotContain(ConsoleGuard.Query, (string)told["address"]!, StringComparison.Ordinal);
        Assert.Equal(0, (int)told["buttons"]!);
        Assert.Equal(2, (int)told["commands"]!);
        Assert.Contains("--allow-actions", (string)told["note"]!, StringComparison.Ordinal);
        Assert.Contains("topic", (string)told["notifications"]!, StringComparison.Ordinal);
        Assert.Contains("Only the embedded AWS", (string)told["timeline"]!, StringComparison.Ordinal);
        BrowserScript.ExpectClean(told);
    }

    private static Snapshot Many()
    {
        var instances = Enumerable.Range(0, ManyInstances).Select(number => new GroupInstance($"i-{number:x17}", "InService", 3));
        return Confirmed().WithGroup(group => group with { DesiredCapacity = ManyInstances, Instances = [.. instances] });
    }

    private static Task<ConsoleServer> StartAsync(FakeSource source, bool isActing) => ConsoleServer.StartAsync(
        new FeedOptions(_ => Task.FromResult<Charlie.Cli.Web.Reading.IConsoleSource>(source), FeedOptions.IntervalOf(true), isActing),
        0,
        TimeProvider.System,
        TestContext.Current.CancellationToken);
}
