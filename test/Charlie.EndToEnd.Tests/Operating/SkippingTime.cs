namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>A clock on which whoever waits has waited at once: each wait moves it on by its whole length.</summary>
internal sealed class SkippingTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private TimeSpan waited;

    /// <summary>All waits together.</summary>
    public TimeSpan Waited
    {
        get
        {
            lock (gate)
            {
                return waited;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => start + Waited;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            waited += dueTime;
        }

        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
