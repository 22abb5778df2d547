namespace Charlie.Lambdas.Decisions;

/// <summary>What the policies need of the stack's parameters.</summary>
/// <param name="Singleton">Two copies of the app must never run at once.</param>
internal sealed record PolicySettings(bool Singleton, Strategy Strategy, HealthRules Health);

/// <summary>The times and counts by which instances are judged.</summary>
/// <param name="Successes">Successful probes in a row that make an instance healthy (1 to 10).</param>
/// <param name="MachineDeadline">From an instance's launch until its machine must have started the app.</param>
/// <param name="StartTime">How long an app that ended may be started again without becoming healthy; 0: not once.</param>
/// <param name="HealthDeadline">From the app's own start until it must be healthy.</param>
/// <param name="BakeTime">How long a healthy instance must stay so in service.</param>
/// <param name="DeploymentDeadline">From a release's first launch until it must be confirmed, whatever its machines did.</param>
internal sealed record HealthRules(
    int Successes,
    TimeSpan MachineDeadline,
    TimeSpan StartTime,
    TimeSpan HealthDeadline,
    TimeSpan BakeTime,
    TimeSpan DeploymentDeadline);
