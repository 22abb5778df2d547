using Charlie.Sandbox.Instances.Machines;

namespace Charlie.Sandbox;

/// <summary>How a sandbox is set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>The endpoint's port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The port on which instances answer the health question; 0 takes a free one.</summary>
    public int HealthPort { get; init; }

    /// <summary>The path of the health question.</summary>
    public string HealthPath { get; init; } = "/health";

    /// <summary>From an instance's start until its image answers, unless the image's behaviour says otherwise.</summary>
    public TimeSpan BootDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The real machine behind each instance; <c>null</c> for a small server that does what the image's behaviour says.</summary>
    public MachineOptions? Machines { get; init; }

    public AwsTimings Timings { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What ids are drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Further services of the cloud, attached in this order and disposed in the reverse one.</summary>
    public IReadOnlyList<ISandboxPart> Parts { get; init; } = [];
}
