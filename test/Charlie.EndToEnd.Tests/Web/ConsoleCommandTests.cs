using System.Net;
using System.Text.RegularExpressions;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Serve;

namespace Charlie.EndToEnd.Tests.Web;

/// <summary><c>charlie console</c> as a program, and what <c>charlie serve</c> shows at <c>/</c>.</summary>
public sealed partial class ConsoleCommandTests
{
    [Fact]
    public async Task The_command_prints_an_address_with_a_key_and_ends_with_its_signal()
    {
        ProcessTree.Need();
        await using var served = await ServedAws.StartAsync();
        await using var console = CharlieCommand.Start("console", "--endpoint-url", served.Endpoint.ToString());
        await Poll.UntilAsync(
            "the address",
            () => Task.FromResult(console.HasExited || console.Output.Contains("Ctrl-C ends it.", StringComparison.Ordinal)),
            () => Task.FromResult(console.ToString()));
        Assert.Contains("charlie on a page of this machine, read-only", console.Output, StringComparison.Ordinal);
        var address = Address().Match(console.Output);
        Assert.True(address.Success, console.ToString());
        using var http = new HttpClient();
        Assert.Contains("<!doctype html>", await http.GetStringAsync(new Uri(address.Value)), StringComparison.Ordinal);

        console.Send(Signal.Terminate);
        var end = await console.EndAsync();
        Assert.Equal((0, "Stopped."), (end.ExitCode, end.Output.Trim().Split('\n')[^1]));
        await SeeServedAsync(served, http);
    }

    [Fact]
    public async Task An_app_that_is_not_here_is_named_before_a_page_is_shown()
    {
        await using var empty = CharlieCommand.Start("serve", "--empty", "--port", "0");
        await Poll.UntilAsync("serve", () => Task.FromResult(empty.Output.Contains("Ctrl-C ends it.", StringComparison.Ordinal)));
        var endpoint = Endpoint().Match(empty.Output).Value;
        var end = await CharlieCommand.RunAsync("console", "--endpoint-url", endpoint, "--app", "bot");
        Assert.Equal(2, end.ExitCode);
        Assert.Contains("There is no parameter /charlie/bot/stack here", Assert.Single(end.ErrorLines), StringComparison.Ordinal);
    }

    // AWS's own clients get AWS's own responses there.
    private static async Task SeeServedAsync(ServedAws served, HttpClient http)
    {
        Assert.Contains("<!doctype html>", await http.GetStringAsync(served.Endpoint), StringComparison.Ordinal);
        using var call = await http.GetAsync(new Uri(served.Endpoint, "/?Action=DescribeInstances&Version=2016-11-15"));
        Assert.Contains("DescribeInstancesResponse", await call.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var signed = new HttpRequestMessage(HttpMethod.Get, served.Endpoint);
        signed.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/s3/aws4_request");
        using var refused = await http.SendAsync(signed);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+/\?key=[0-9a-f]{48}")]
    private static partial Regex Address();

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Endpoint();
}
