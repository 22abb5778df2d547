using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Charlie.EndToEnd.Tests.Command;

namespace Charlie.EndToEnd.Tests.Serve;

/// <summary>A <c>charlie serve</c> of a test's own, and what an operator sees of it from outside.</summary>
internal sealed partial class ServedAws : IAsyncDisposable
{
    private readonly HttpClient http = new();

    private ServedAws(CharlieCommand command, Uri endpoint)
    {
        (Command, Endpoint) = (command, endpoint);
        Aws = new AwsCommand(endpoint);
        Group = new ServedGroup(endpoint);
    }

    public CharlieCommand Command { get; }

    public Uri Endpoint { get; }

    public AwsCommand Aws { get; }

    public ServedGroup Group { get; }

    /// <summary>Starts it on a free port and waits until it is ready: its first instance is confirmed, unless it is to be empty.</summary>
    /// <param name="more">Further options.</param>
    public static async Task<ServedAws> StartAsync(params string[] more)
    {
        var command = CharlieCommand.Start(["serve", "--port", "0", .. more]);
        try
        {
            await Poll.UntilAsync(
                "charlie serve to be ready",
                () => Task.FromResult(command.HasExited || command.Output.Contains("Ctrl-C ends it.", StringComparison.Ordinal)),
                () => Task.FromResult(command.ToString()));
            var printed = EndpointLine().Match(command.Output);
            Assert.True(printed.Success, command.ToString());
            return new ServedAws(command, new Uri(printed.Groups[1].Value));
        }
        catch
        {
            await command.DisposeAsync();
            throw;
        }
    }

    public async Task<JsonNode> ReadAsync(string control) =>
        JsonNode.Parse(await http.GetStringAsync(new Uri(Endpoint, $"/_sandbox/{control}"), TestContext.Current.CancellationToken))!;

    /// <summary>Sets what an image does when an instance runs it.</summary>
    public async Task SetBehaviourAsync(string image, string behaviour, string? reason = null, double? afterSeconds = null)
    {
        var setting = new JsonObject { ["behaviour"] = behaviour };
        if (reason is not null)
        {
            setting["reason"] = reason;
        }

        if (afterSeconds is { } seconds)
        {
            setting["afterSeconds"] = seconds;
        }

        using var content = new StringContent(setting.ToJsonString());
        using var response = await http.PutAsync(
            new Uri(Endpoint, $"/_sandbox/images/{image.Split('@')[1]}"), content, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Everything that the functions returned, in the order in which their runs began.</summary>
    public async Task<IReadOnlyList<JsonNode>> ReportsAsync() =>
        [.. (await ReadAsync("invocations")).AsArray().Select(run => run!["result"]).OfType<JsonObject>()];

    public async Task<int> CountAsync(string release, string outcome) =>
        (await ReportsAsync()).Count(report => (string?)report["release"] == release && (string?)report["outcome"] == outcome);

    /// <summary>It was reported and notified. Two runs may confirm at the same moment, and then both say so.</summary>
    public async Task ExpectConfirmedAsync(string release)
    {
        Assert.InRange(await CountAsync(release, "Confirmed"), 1, 2);
        await Poll.UntilAsync(
            $"the alert of {release}", async () => (await AlertsAsync($"CONFIRMED {release}: ")).Count > 0, DescribeAsync);
        Assert.InRange((await AlertsAsync($"CONFIRMED {release}: ")).Count, 1, 2);
    }

    public Task UntilReportedAsync(string release, string outcome) => Poll.UntilAsync(
        $"the report that release {release} is {outcome}", async () => await CountAsync(release, outcome) > 0, DescribeAsync);

    /// <summary>
    /// What the function returned that got an event, by the id that put-events gave it. On a machine so busy that its
    /// process did not start in time, that is the response of a later attempt.
    /// </summary>
    public async Task<JsonNode> ResponseToAsync(string eventId)
    {
        JsonNode? run = null;
        await Poll.UntilAsync(
            $"the response to event {eventId}",
            async () =>
            {
                run = (await ReadAsync("invocations")).AsArray()
                    .FirstOrDefault(one => (string?)one!["event"]?["id"] == eventId && (string?)one["status"] == "Succeeded");
                return run is not null;
            },
            DescribeAsync);
        return run!["result"]!;
    }

    /// <summary>
    /// The alerts that were sent and whose subject begins like this after the app: <c>ROLLED BACK 1.1</c>. Each is its subject,
    /// without the tag of the release's image, and its text in one line.
    /// </summary>
    public async Task<IReadOnlyList<string>> AlertsAsync(string beginning = "") =>
        [
            .. (await ReadAsync("messages"))["topics"]!.AsObject()
                .SelectMany(topic => topic.Value!.AsArray())
                .Select(message =>
                    $"{NamedTag().Replace((string)message!["subject"]!, "$1")} {string.Join(' ', Words((string)message["message"]!))}")
                .Where(text => text.StartsWith($"[charlie] {beginning}", StringComparison.Ordinal)),
        ];

    // [charlie] ROLLED BACK 1.2 (1048577.7700124): ...
    [GeneratedRegex(@"(?<=\A\[charlie\] [A-Z ]+ )\S+ \(([0-9.]+)\)(?=: )")]
    private static partial Regex NamedTag();

    /// <summary>The only alert that begins like this; it comes a moment after its report.</summary>
    public async Task<string> AlertAsync(string beginning)
    {
        await Poll.UntilAsync($"the alert {beginning}", async () => (await AlertsAsync(beginning)).Count > 0, DescribeAsync);
        return Assert.Single(await AlertsAsync(beginning));
    }

    /// <summary>
    /// Waits until only one instance is left, in service with this image, no function runs, and every end is known to
    /// have been reported (a requested rollback's by the sweep, which need not wait for its minute); returns all that
    /// there is then.
    /// </summary>
    public async Task<Snapshot> SettledAsync(string image)
    {
        await Poll.UntilAsync(
            $"a single instance, in service with {image}",
            async () => await Group.OnlyInServiceAsync() == image
                && (await ReadAsync("invocations")).AsArray().All(run => (string?)run!["status"] != "Running")
                && (await Group.HaveEndsLeftAsync() || !await SweepAsync()),
            DescribeAsync);
        return new Snapshot(await Group.DescribeAsync(), string.Join("\n---\n", await AlertsAsync()));
    }

    /// <summary>Has Lifecycle's sweep come at once; <c>true</c> once it is on its way.</summary>
    public async Task<bool> SweepAsync()
    {
        using var response =
            await http.PostAsync(new Uri(Endpoint, "/_sandbox/schedules/LifecycleSweep/fire"), null, TestContext.Current.CancellationToken);
        return response.EnsureSuccessStatusCode().IsSuccessStatusCode;
    }

    public async Task<string> DescribeAsync() =>
        $"{await Group.DescribeAsync()}\n{string.Join('\n', (await ReadAsync("timeline"))["entries"]!.AsArray().Select(entry => $"{entry!["at"]} {entry["source"]} {entry["text"]}"))}";

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        Group.Dispose();
        await Command.DisposeAsync();
    }

    private static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("AWS_ENDPOINT_URL=(http://127.0.0.1:[0-9]+)")]
    private static partial Regex EndpointLine();
}

/// <summary>All that a deployment may change, as text, so that nothing that differs is overlooked.</summary>
internal sealed record Snapshot(string Group, string Alerts);
