namespace Charlie.Lambdas.Decisions;

/// <summary>The times and counts by which instances are judged; from the stack's parameters.</summary>
/// <param name="Successes">Probes in a row that prove an instance (1 to 10).</param>
/// <param name="HealthDeadline">From an instance's launch until it must have proved itself.</param>
/// <param name="BakeTime">How long a proved instance must keep it up in service.</param>
/// <param name="DeploymentDeadline">From the push until trouble with machines counts against the release.</param>
internal sealed record HealthRules(int Successes, TimeSpan HealthDeadline, TimeSpan BakeTime, TimeSpan DeploymentDeadline);

/// <summary>One instance as it was seen.</summary>
/// <param name="LaunchedAt">EC2's launch time; <c>null</c> while EC2 does not show the instance yet.</param>
/// <param name="InServiceAt">When it was first seen InService; <c>null</c> before somebody wrote that down.</param>
/// <param name="Proving">InService instances of the target, this one included, whose last probes all proved it.</param>
internal sealed record LifecycleFacts(
    GroupInstance Instance,
    DateTimeOffset? LaunchedAt,
    DateTimeOffset? InServiceAt,
    HealthEvidence Evidence,
    int Proving,
    int DesiredCapacity,
    Records Records,
    DateTimeOffset Now);
