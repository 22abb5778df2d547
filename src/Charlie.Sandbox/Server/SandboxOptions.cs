using Charlie.Sandbox.Instances;
using Charlie.Sandbox.Instances.Machines;

namespace Charlie.Sandbox.Server;

/// <summary>How a sandbox is set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>The endpoint's port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The port on which instances respond to the health check; 0 takes a free one.</summary>
    public int HealthPort { get; init; }

    /// <summary>The path of the health check.</summary>
    public string HealthPath { get; init; } = "/health";

    /// <summary>What responds behind each instance unless <see cref="Machines"/> are there.</summary>
    public IInstanceSoftware Software { get; init; } = new HealthySoftware(TimeSpan.FromSeconds(5));

    /// <summary>
    /// The real machine behind each instance; <c>null</c> for a small server that responds as <see cref="Software"/>
    /// says.
    /// </summary>
    public MachineOptions? Machines { get; init; }

    public AwsTimings Timings { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What ids are drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many timeline entries, API calls and invocations are kept; <c>null</c> for all, which grows without end.</summary>
    public int? HistoryLength { get; init; }

    /// <summary>Further services of the cloud, attached in this order and disposed in the reverse one.</summary>
    public IReadOnlyList<ISandboxPart> Parts { get; init; } = [];
}
