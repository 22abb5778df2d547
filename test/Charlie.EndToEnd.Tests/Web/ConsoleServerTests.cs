using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Charlie.Cli.Web.Serving;
using static Charlie.EndToEnd.Tests.Operating.Examples;

namespace Charlie.EndToEnd.Tests.Web;

/// <summary>Who may read the page and who may act on it.</summary>
public sealed class ConsoleServerTests : IAsyncLifetime
{
    private readonly FakeSource source = new(Confirmed());
    private readonly HttpClient stranger = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly HttpClient known = new();
    private ConsoleServer? server;

    private Uri Page => new(Server.Address, "/");

    private ConsoleServer Server => server ?? throw new InvalidOperationException("No server was started.");

    public async ValueTask InitializeAsync()
    {
        server = await StartAsync(isActing: true);
        using var page = await known.GetAsync(Server.Address);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(Page, page.RequestMessage!.RequestUri);
    }

    public async ValueTask DisposeAsync()
    {
        stranger.Dispose();
        known.Dispose();
        await Server.DisposeAsync();
    }

    [Fact]
    public async Task The_key_becomes_a_cookie_and_leaves_the_address()
    {
        using var response = await stranger.GetAsync(Server.Address);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (response.StatusCode, response.Headers.Location!.OriginalString));
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?key=wrong")]
    [InlineData("/_console/events")]
    [InlineData("/_console/app.js")]
    public async Task Without_the_key_nothing_is_shown(string path)
    {
        using var response = await stranger.GetAsync(new Uri(Page, path));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    /// <summary>A foreign name that resolves to this machine.</summary>
    [Fact]
    public async Task Another_host_is_refused_even_with_the_key()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Server.Address);
        request.Headers.Host = "charlie.example.com";
        using var response = await known.SendAsync(request);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    [Fact]
    public async Task Nothing_but_the_page_itself_may_be_loaded()
    {
        using var response = await known.GetAsync(Page);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task A_file_that_is_not_of_the_page_is_not_there()
    {
        using var response = await known.GetAsync(new Uri(Page, "/_console/..%2Fcharlie.dll"));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_stream_begins_with_the_session_and_the_document()
    {
        using var stream = new StreamReader(await known.GetStreamAsync(new Uri(Page, "/_console/events")));
        Assert.True((bool)(await ReadAsync(stream, "session"))["isActing"]!);
        var document = await ReadAsync(stream, "document");
        Assert.Equal("InSync", (string)document["status"]!["state"]!);
        Assert.Equal("Ends", (string)document["deployment"]!["steps"]!.AsArray()[^1]!["step"]!);
        Assert.NotNull((await ReadAsync(stream, "reading"))["at"]);
    }

    [Fact]
    public async Task A_reading_that_fails_is_told_and_the_next_one_that_succeeds_too()
    {
        source.Failure = "the session has expired";
        using var stream = new StreamReader(await known.GetStreamAsync(new Uri(Page, "/_console/events")));
        Assert.Equal("the session has expired", (string?)(await ReadAsync(stream, "reading"))["trouble"]);
        source.Failure = null;
        Assert.Equal("InSync", (string)(await ReadAsync(stream, "document"))["status"]!["state"]!);
        Assert.Null((await ReadAsync(stream, "reading"))["trouble"]);
    }

    /// <summary>What a browser draws anew is what changed, and not what was only read again.</summary>
    [Fact]
    public async Task A_document_is_sent_again_only_when_it_changed()
    {
        using var stream = new StreamReader(await known.GetStreamAsync(new Uri(Page, "/_console/events")));
        await ReadAsync(stream, "document");
        await ReadAsync(stream, "reading");
        Assert.Equal("event: reading", await NextEventAsync(stream));
        source.Snapshot = Confirmed().WithGroup(group => group with { DesiredCapacity = 2 });
        Assert.Equal(2, (int)(await ReadAsync(stream, "document"))["status"]!["desiredCapacity"]!);
    }

    [Fact]
    public async Task A_post_without_the_pages_token_is_refused()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(token: null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(token: "guess")).Status);
        Assert.Empty(source.Put);
    }

    [Fact]
    public async Task A_post_with_the_token_puts_the_request()
    {
        var (status, answer) = await PostAsync(await TokenAsync());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True((bool)answer!["isTaken"]!);
        Assert.Equal("Rollback Requested", Assert.Single(source.Put).DetailType);
    }

    [Fact]
    public async Task Without_a_reason_or_for_what_is_no_action_nothing_is_put()
    {
        var token = await TokenAsync();
        var (status, answer) = await PostAsync(token, reason: " ");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.StartsWith("Say why", (string)answer!["error"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(token, "actions/format-disk")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(token, "actions/push-good")).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(token, reason: new string('x', 100_000))).Status);
        Assert.Empty(source.Put);
    }

    [Fact]
    public async Task A_page_that_only_reads_plans_and_puts_nothing()
    {
        await Server.DisposeAsync();
        server = await StartAsync(isActing: false);
        using var page = await known.GetAsync(Server.Address);
        var token = await TokenAsync();
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(token, "plans/roll-back")).Status);
        var (status, answer) = await PostAsync(token);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("--allow-actions", (string)answer!["error"]!, StringComparison.Ordinal);
        Assert.Empty(source.Put);
    }

    private Task<ConsoleServer> StartAsync(bool isActing) => ConsoleServer.StartAsync(
        new FeedOptions(_ => Task.FromResult<Charlie.Cli.Web.Reading.IConsoleSource>(source), TimeSpan.FromMilliseconds(20), isActing),
        0,
        TimeProvider.System,
        TestContext.Current.CancellationToken);

    private async Task<string> TokenAsync()
    {
        using var stream = new StreamReader(await known.GetStreamAsync(new Uri(Page, "/_console/events")));
        var token = (string)(await ReadAsync(stream, "session"))["token"]!;
        await ReadAsync(stream, "reading");
        return token;
    }

    private async Task<(HttpStatusCode Status, JsonNode? Answer)> PostAsync(
        string? token, string route = "actions/roll-back", string reason = "why")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Page, $"/_console/{route}"))
        {
            Content = JsonContent.Create(new { reason }),
        };
        if (token is not null)
        {
            request.Headers.Add(ConsoleGuard.Header, token);
        }

        using var response = await known.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null);
    }

    private static async Task<string?> NextEventAsync(StreamReader stream)
    {
        string? line;
        do
        {
            line = await stream.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line?.StartsWith("event: ", StringComparison.Ordinal) != true);
        return line;
    }

    private static async Task<JsonNode> ReadAsync(StreamReader stream, string name)
    {
        while (await stream.ReadLineAsync(TestContext.Current.CancellationToken) != $"event: {name}")
        {
        }

        return JsonNode.Parse((await stream.ReadLineAsync(TestContext.Current.CancellationToken))!["data: ".Length..])!;
    }
}
