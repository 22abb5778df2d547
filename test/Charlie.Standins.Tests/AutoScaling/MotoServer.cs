using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Charlie.Standins.Tests.AutoScaling;

/// <summary>moto_server on a free loopback port, ended with the test.</summary>
internal sealed partial class MotoServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _output;
    private readonly TaskCompletionSource<string> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MotoServer()
    {
        _process = Tool.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        _output = Task.WhenAll(WatchAsync(_process.StandardOutput), WatchAsync(_process.StandardError));
    }

    public string Url { get; private set; } = "";

    public static async Task<MotoServer> StartAsync()
    {
        var moto = new MotoServer();
        var ended = moto._output;
        Assert.True(await Task.WhenAny(moto._url.Task, ended) != ended, "moto_server ended before it listened.");
        moto.Url = await moto._url.Task;
        return moto;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _output;
        _process.Dispose();
    }

    [GeneratedRegex(@"Running on (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();

    private async Task WatchAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                _url.TrySetResult(match.Groups[1].Value);
            }
        }
    }
}
