namespace Charlie.Sandbox.Context;

/// <summary>
/// What is due to happen in the cloud, and when. Work that is due at the same instant happens in the order in which
/// it was planned, so a simulated clock gives the same run every time. All work runs under the cloud's lock.
/// </summary>
public sealed class Scheduler : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly TimeProvider time;
    private readonly Lock gate;
    private readonly PriorityQueue<Entry, (long Due, long Order)> entries = new();
    private readonly ITimer timer;
    private long order;
    private bool running;
    private bool disposed;

    /// <param name="time">The cloud's clock; its timer wakes the agenda.</param>
    /// <param name="gate">The cloud's lock, held while work runs.</param>
    public Scheduler(TimeProvider time, Lock gate)
    {
        this.time = time;
        this.gate = gate;
        timer = time.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Plans work after a wait (a negative one counts as none). Disposing the result takes it back.</summary>
    public IDisposable After(TimeSpan wait, Action work)
    {
        lock (gate)
        {
            var due = (time.GetUtcNow() + (wait < TimeSpan.Zero ? TimeSpan.Zero : wait)).UtcTicks;
            var entry = new Entry(work);
            entries.Enqueue(entry, (due, order++));
            Arm();
            return entry;
        }
    }

    /// <summary>Plans work at a fixed rate, the first time after one interval.</summary>
    public IDisposable Every(TimeSpan interval, Action work)
    {
        var cycle = new Cycle();
        void Turn()
        {
            work();
            if (!cycle.Cancelled)
            {
                cycle.Next = After(interval, Turn);
            }
        }

        cycle.Next = After(interval, Turn);
        return cycle;
    }

    /// <summary>Drops all that is planned; nothing runs afterwards.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            entries.Clear();
        }

        timer.Dispose();
    }

    private void RunDue()
    {
        lock (gate)
        {
            running = true;
            while (!disposed && entries.TryPeek(out var entry, out var key) && key.Due <= time.GetUtcNow().UtcTicks)
            {
                entries.Dequeue();
                entry.Work?.Invoke();
            }

            running = false;
            Arm();
        }
    }

    private void Arm()
    {
        if (disposed || running)
        {
            return;
        }

        while (entries.TryPeek(out var entry, out _) && entry.Work is null)
        {
            entries.Dequeue();
        }

        if (entries.TryPeek(out _, out var next))
        {
            var wait = next.Due - time.GetUtcNow().UtcTicks;
            // Timers count whole milliseconds downwards; one more keeps a wake-up from coming just before its work is due.
            // It also keeps a simulated timer from firing inside this call, in the middle of the work that plans.
            // A timer waits fifty days at most; one that wakes before anything is due is set again.
            timer.Change(
                TimeSpan.FromTicks(Math.Clamp(wait, 0, LongestWait.Ticks)) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Entry(Action work) : IDisposable
    {
        public Action? Work { get; private set; } = work;

        public void Dispose() => Work = null;
    }

    private sealed class Cycle : IDisposable
    {
        public bool Cancelled { get; private set; }

        public IDisposable? Next { get; set; }

        public void Dispose()
        {
            Cancelled = true;
            Next?.Dispose();
        }
    }
}
