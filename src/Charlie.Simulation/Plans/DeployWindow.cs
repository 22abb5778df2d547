namespace Charlie.Simulation.Plans;

/// <summary>The stack's own holds, by a schedule.</summary>
/// <param name="Schedule">A cron of EventBridge Scheduler.</param>
/// <param name="TimeZone">An IANA name.</param>
/// <param name="For">How long each hold lasts, as the stack's parameter takes it.</param>
internal sealed record DeployWindow(string Schedule, string TimeZone, string For);
