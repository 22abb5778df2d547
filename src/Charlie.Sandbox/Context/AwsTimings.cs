namespace Charlie.Sandbox.Context;

/// <summary>How long the cloud's own steps take. The defaults are AWS's usual ones; a demo or a test shortens them.</summary>
public sealed record AwsTimings
{
    /// <summary>From a launch activity to a running instance (its address responds after the image's own boot time).</summary>
    public TimeSpan Launch { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From a termination's start to <c>terminated</c>: the time an app has to stop.</summary>
    public TimeSpan Termination { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a group compares its instances with its desired capacity.</summary>
    public TimeSpan GroupCheck { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The step between two lifecycle states that nothing holds, for example Pending:Proceed to InService.</summary>
    public TimeSpan LifecycleStep { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an instance refresh keeps trying while it cannot replace instances (AWS: one hour).</summary>
    public TimeSpan RefreshTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The wait before the first retry of a failed asynchronous invocation (AWS: one minute); the second waits twice
    /// as long.
    /// </summary>
    public TimeSpan AsyncRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether a lowered desired capacity takes an instance that waits at its launch hook. AWS documents neither; whoever relies on
    /// one of them is wrong.
    /// </summary>
    public bool ScaleInTakesWaiting { get; init; } = true;

    /// <summary>What one minute of a schedule's rate lasts; one minute unless a demo or a test is in a hurry.</summary>
    public TimeSpan ScheduleMinute { get; init; } = TimeSpan.FromMinutes(1);
}
