using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Charlie.Deploy.Tests;

/// <summary>The example bot in Python does what docs/fitting.md asks of an app.</summary>
public sealed class PythonExampleTests
{
    private static readonly string Bot = Repository.PathOf("example/python/bot.py");

    [Fact]
    public async Task It_answers_and_ends_on_SIGTERM_with_its_positions_closed()
    {
        var port = FreePort();
        var start = new ProcessStartInfo("python3", [Bot]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["BROKER_ACCOUNT"] = "demo";
        start.Environment["BOT_VERSION"] = "7";
        using var bot = Tool.Start(start);
        try
        {
            Assert.Equal("bot 7: trading", await bot.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            Assert.Equal("trading\n", await http.GetStringAsync("/health", TestContext.Current.CancellationToken));
            Assert.Equal("7\n", await http.GetStringAsync("/version", TestContext.Current.CancellationToken));
            using var nothing = await http.GetAsync("/", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);

            Signal.Send(bot.Id, Signal.Terminate);
            await bot.WaitForExitAsync(TestContext.Current.CancellationToken);
            var said = await bot.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Equal((0, "bot 7: positions closed\n"), (bot.ExitCode, said));
        }
        finally
        {
            if (!bot.HasExited)
            {
                bot.Kill();
            }
        }
    }

    [Fact]
    public async Task Without_its_secret_it_says_what_is_missing()
    {
        var ran = await Tool.RunAsync("python3", [Bot], new Dictionary<string, string> { ["BROKER_ACCOUNT"] = "", ["PORT"] = "1" });
        Assert.Equal((1, "bot 1.0-python: KeyError: 'BROKER_ACCOUNT'\n"), (ran.ExitCode, ran.Error));
    }

    /// <summary>Process 1 takes SIGTERM itself, and is not root.</summary>
    [Fact]
    public void Its_image_runs_the_program_itself_as_no_root()
    {
        var lines = Repository.Read("example/python/Dockerfile").Split('\n');
        Assert.Contains("USER 65534:65534", lines);
        Assert.Contains("ENTRYPOINT [\"python3\", \"/app/bot.py\"]", lines);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
