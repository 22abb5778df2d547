using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Charlie.Machine.Tests;

/// <summary>
/// What apps themselves say while they run: a line five times a second, with the time of the kernel that they share. Each start of
/// an app is one connection, so a line that came outlives the app's container.
/// </summary>
internal sealed class AppBeats : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly ConcurrentQueue<AppRun> runs = new();
    private readonly ConcurrentBag<Task> readers = [];
    private readonly Task work;

    public AppBeats()
    {
        listener.Start();
        work = AcceptAsync();
    }

    /// <summary>The starts of apps that said something, in the order of their first line.</summary>
    public IReadOnlyList<AppRun> Runs => [.. runs.Where(run => run.Beats.Count > 0).OrderBy(run => run.First)];

    /// <summary>An app that needs a second to start and a second to close its positions, and trades between.</summary>
    public string Trader => $"""
        {Opening}
        mkfifo /tmp/beats
        {Tell} < /tmp/beats &
        teller=$!
        exec 3> /tmp/beats
        trap 'stopping=yes' TERM
        stopping=
        say starting >&3
        sleep 1
        httpd -f -p "$PORT" -h /app/www 3>&- &
        server=$!
        while [ -z "$stopping" ]; do
          say trading >&3
          sleep 0.2
        done
        say closing >&3
        sleep 1
        say closed >&3
        kill "$server"
        # What was said has arrived before the app ends.
        exec 3>&-
        wait "$teller"
        exit 0
        """;

    /// <summary>An app that ends before it trades, whatever its preflight said, and each time that it is started again.</summary>
    public string Crashing => $$"""
        {{Opening}}
        { say starting; say crashed; } | {{Tell}}
        echo 'the broker sends no prices' >&2
        exit 1
        """;

    private const string Opening = """
        #!/bin/sh
        version=$(cat /app/www/version)
        say() {
          read -r now _ < /proc/uptime
          echo "$version $1 $now"
        }
        """;

    private string Tell => string.Create(CultureInfo.InvariantCulture, $"nc 127.0.0.1 {((IPEndPoint)listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Stop();
        await work;
        await Task.WhenAll(readers);
        listener.Dispose();
        over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(over.Token);
                var run = new AppRun();
                runs.Enqueue(run);
                readers.Add(ReadAsync(client, run));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ReadAsync(TcpClient client, AppRun run)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream());
            try
            {
                while (await reader.ReadLineAsync(over.Token) is { } line)
                {
                    run.Hear(line);
                }
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException)
            {
            }
        }
    }
}

/// <summary>One start of an app, from its first line to its last.</summary>
internal sealed class AppRun
{
    private readonly ConcurrentQueue<(string State, decimal At)> beats = new();

    public string Version { get; private set; } = "";

    /// <summary>What it said and when, in seconds since the kernel's start.</summary>
    public IReadOnlyList<(string State, decimal At)> Beats => [.. beats];

    public decimal First => Beats[0].At;

    public decimal Last => Beats[^1].At;

    /// <summary>The last that it said: starting, trading, closing, closed or crashed.</summary>
    public string State => Beats[^1].State;

    public IReadOnlyList<decimal> Trading => [.. Beats.Where(beat => beat.State == "trading").Select(beat => beat.At)];

    public bool HasEnded => State is "closed" or "crashed";

    /// <summary>When it began to close its positions.</summary>
    public decimal Closing => Beats.Single(beat => beat.State == "closing").At;

    /// <summary>The longest that it said nothing while it traded, in seconds.</summary>
    public decimal LongestPause => Trading.Zip(Trading.Skip(1), (one, next) => next - one).DefaultIfEmpty().Max();

    public void Hear(string line)
    {
        var words = line.Split(' ');
        Version = words[0];
        beats.Enqueue((words[1], decimal.Parse(words[2], CultureInfo.InvariantCulture)));
    }
}
