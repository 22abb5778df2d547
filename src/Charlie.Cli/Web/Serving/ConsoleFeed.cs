using Charlie.Cli.Web.Documents;
using Charlie.Cli.Web.Reading;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Lanes;
using Charlie.Operations.Status;
using Charlie.Sandbox.Context;

namespace Charlie.Cli.Web.Serving;

/// <summary>
/// Reads an app again and again while someone watches, and a while after that, so that the lanes have no gap when a page is loaded
/// again.
/// </summary>
internal sealed class ConsoleFeed(FeedOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How many timeline entries a browser is sent at most.</summary>
    public const int MaxTimeline = 10_000;

    private const int MaxNotifications = 200;

    private static readonly TimeSpan Linger = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource ended = new();
    private readonly History<TimelineLine> timeline = new(MaxTimeline);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FeedState state = FeedState.First;
    private Task reading = Task.CompletedTask;
    private InstanceLanes lanes = InstanceLanes.None;
    private volatile IConsoleSource? source;
    private DateTimeOffset watchedAt;
    private int watchers;
    private int timelineFrom;

    /// <summary>The app; <c>null</c> until it was found.</summary>
    public IConsoleSource? Source => source;

    public bool IsActing => options.IsActing;

    // Several readings may fail before nothing is known of the time between.
    private TimeSpan MaxGap => options.Interval * 10;

    public FeedState State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <summary>The timeline from a position on, at most the newest entries, and the position after it.</summary>
    public (IReadOnlyList<TimelineLine> Lines, int Next) TimelineFrom(int position)
    {
        var (lines, next) = timeline.From(position);
        return (lines.Count > MaxTimeline ? [.. lines.Skip(lines.Count - MaxTimeline)] : lines, next);
    }

    /// <summary>Reading goes on until what this returns is disposed.</summary>
    public IDisposable Watch()
    {
        lock (gate)
        {
            watchers++;
            if (reading.IsCompleted && !ended.IsCancellationRequested)
            {
                reading = ReadAsync();
            }
        }

        return new Watcher(this);
    }

    /// <summary>Waits for a state that is newer.</summary>
    public async Task<FeedState> AfterAsync(long number, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (state.Number > number)
                {
                    return state;
                }

                next = changed.Task;
            }

            await next.WaitAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await reading;
        source?.Dispose();
        ended.Dispose();
    }

    private async Task ReadAsync()
    {
        await Task.Yield();
        try
        {
            while (IsWatched())
            {
                Publish(await ReadOnceAsync());
                await Task.Delay(options.Interval, time, ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The server ends, and this with it.
        }
    }

    private bool IsWatched()
    {
        lock (gate)
        {
            watchedAt = watchers > 0 ? Now() : watchedAt;
            return Now() - watchedAt < Linger;
        }
    }

    // Whatever fails may be mended: someone signs in again, an endpoint comes back. The page says what failed, and the next
    // reading follows.
    private async Task<Func<FeedState, long, FeedState>> ReadOnceAsync()
    {
        try
        {
            source ??= await options.Open(ended.Token);
            var snapshot = await source.ReadAsync();
            var notifications = await FollowTimelineAsync(source);
            var status = AppStatus.Of(snapshot, source.App.Settings);
            lanes = lanes.Next(status, MaxGap);
            var document = PageJson.Write(ConsoleDocument.Of(source.App, snapshot, status, lanes, options.IsActing));
            return (before, number) => before with
            {
                ReadAt = status.At,
                Trouble = null,
                Document = document,
                DocumentNumber = document == before.Document ? before.DocumentNumber : number,
                Notifications = [.. notifications.Reverse().Concat(before.Notifications).Take(MaxNotifications)],
                NotificationsNumber = notifications.Count > 0 ? number : before.NotificationsNumber,
            };
        }
        catch (Exception error) when (error is not OperationCanceledException || !ended.IsCancellationRequested)
        {
            return (before, _) => before with { Trouble = error.Message };
        }
    }

    private async Task<IReadOnlyList<NotificationLine>> FollowTimelineAsync(IConsoleSource from)
    {
        var (entries, next) = await from.ReadTimelineAsync(timelineFrom, ended.Token);
        timelineFrom = next;
        foreach (var entry in entries)
        {
            timeline.Add(TimelineLine.Of(entry));
        }

        return [.. entries.Where(TimelineLine.IsNotification).Select(NotificationLine.Of)];
    }

    private void Publish(Func<FeedState, long, FeedState> read)
    {
        TaskCompletionSource told;
        lock (gate)
        {
            var number = state.Number + 1;
            state = read(state, number) with { Number = number };
            told = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        told.SetResult();
    }

    private DateTimeOffset Now() => time.GetUtcNow();

    private sealed class Watcher(ConsoleFeed feed) : IDisposable
    {
        public void Dispose()
        {
            lock (feed.gate)
            {
                feed.watchers--;
                feed.watchedAt = feed.Now();
            }
        }
    }
}
