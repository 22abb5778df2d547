namespace Charlie.Simulation.Images;

/// <summary>How an app behaves at one moment on its machine; all times count from the machine's start.</summary>
/// <param name="StartedAt">When the machine first started it.</param>
/// <param name="IsHealthy">Whether it is healthy now.</param>
/// <param name="Since">Since when it is so, or is not.</param>
/// <param name="Restarts">How often it ended and was started again while it is not.</param>
internal sealed record AppRun(TimeSpan StartedAt, bool IsHealthy, TimeSpan Since, int Restarts)
{
    // run_app.sh starts an app that ended again, after 1, 2, 4 ... 30 s.
    private const double MaxBackOffSeconds = 30;

    public static AppRun Healthy(TimeSpan startedAt, TimeSpan since) => new(startedAt, true, since, 0);

    public static AppRun Unhealthy(TimeSpan startedAt, TimeSpan since) => new(startedAt, false, since, 0);

    /// <summary>One that ends at each start.</summary>
    public static AppRun Exiting(TimeSpan startedAt, TimeSpan since, TimeSpan now) =>
        new(startedAt, false, since, RestartsWithin(now - since));

    /// <summary>The first start of an app that ends at each start, once a time since its first end is over.</summary>
    public static TimeSpan NextStart(TimeSpan elapsed)
    {
        var (start, wait) = (0.0, 1.0);
        while (start < elapsed.TotalSeconds)
        {
            start += wait;
            wait = Math.Min(wait * 2, MaxBackOffSeconds);
        }

        return TimeSpan.FromSeconds(start);
    }

    private static int RestartsWithin(TimeSpan elapsed)
    {
        var (restarts, start, wait) = (0, 1.0, 1.0);
        while (start <= elapsed.TotalSeconds)
        {
            restarts++;
            wait = Math.Min(wait * 2, MaxBackOffSeconds);
            start += wait;
        }

        return restarts + 1;
    }
}
