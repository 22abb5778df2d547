namespace Charlie.Simulation.Environments;

/// <summary>
/// A clock that stands still until it is told to run, and then jumps from one timer to the next: by due time, and at
/// the same instant in the order in which they were set. Everything that waits for it goes on inside the timer's
/// callback, on the one thread that runs the clock.
/// </summary>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<Wake, (long Due, long Order)> wakes = new();
    private readonly int thread = Environment.CurrentManagedThreadId;
    private long now = start.UtcTicks;
    private long order;
    private volatile string? escape;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(now, TimeSpan.Zero);

    public override long GetTimestamp() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs to an instant; what is due then has happened.</summary>
    public void RunUntil(DateTimeOffset instant)
    {
        while (wakes.TryPeek(out var wake, out var key) && key.Due <= instant.UtcTicks)
        {
            if (!wake.Timer.IsNext(wake))
            {
                wakes.Dequeue();
            }
            else if (wake.Order != key.Order)
            {
                // Set again for the same instant meanwhile: it takes its place among those that were set since.
                wakes.DequeueEnqueue(wake, (key.Due, wake.Order));
            }
            else
            {
                wakes.Dequeue();
                now = key.Due;
                wake.Timer.Fire();
            }
        }

        if (escape is not null)
        {
            throw new InvalidOperationException($"The simulation left its thread: {escape}");
        }

        now = Math.Max(now, instant.UtcTicks);
    }

    // Something completed a task on the thread pool: the order of what happens next would be undefined.
    private void StayOnThread()
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            escape = Environment.StackTrace;
            throw new InvalidOperationException("The simulation left its thread.");
        }
    }

    private sealed class Wake(SimulatedTimer timer, long due, long order)
    {
        public SimulatedTimer Timer => timer;

        public long Due => due;

        /// <summary>When its timer was set last, in the order of all that were set.</summary>
        public long Order { get; set; } = order;
    }

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;
        private Wake? next;

        public bool IsNext(Wake wake) => ReferenceEquals(next, wake);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            this.period = period;
            Set(dueTime);
            return true;
        }

        public void Fire()
        {
            next = null;
            if (period > TimeSpan.Zero)
            {
                Set(period);
            }

            callback(state);
        }

        public void Dispose() => next = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(TimeSpan wait)
        {
            if (wait < TimeSpan.Zero)
            {
                next = null;
                return;
            }

            time.StayOnThread();
            var due = time.now + wait.Ticks;
            if (next is not null && next.Due == due)
            {
                // The scheduler sets its timer with each work that is planned, mostly for the instant that it waits for already.
                next.Order = time.order++;
                return;
            }

            next = new Wake(this, due, time.order++);
            time.wakes.Enqueue(next, (due, next.Order));
        }
    }
}
