namespace Charlie.Sandbox.Ec2;

/// <summary>EC2's instance states that the sandbox knows; the number is AWS's code.</summary>
public enum InstanceState
{
    Pending = 0,
    Running = 16,
    ShuttingDown = 32,
    Terminated = 48,
}

/// <summary>A machine.</summary>
public sealed class Ec2Instance
{
    internal Ec2Instance(string id, string reservationId, LaunchTemplateVersion version, DateTimeOffset launchTime)
    {
        Id = id;
        ReservationId = reservationId;
        Version = version;
        LaunchTime = launchTime;
    }

    public string Id { get; }

    public string ReservationId { get; }

    /// <summary>What it was launched from.</summary>
    public LaunchTemplateVersion Version { get; }

    public DateTimeOffset LaunchTime { get; }

    public required string AvailabilityZone { get; init; }

    public required string? SubnetId { get; init; }

    /// <summary>Its address for as long as it is not terminated, and afterwards none.</summary>
    public string? PrivateIpAddress { get; internal set; }

    /// <summary>The allocated address that it holds.</summary>
    public string? PublicIpAddress { get; internal set; }

    /// <summary>Its version's, unless the group overrides it.</summary>
    public required string InstanceType { get; init; }

    public ResourceTags Tags { get; } = new();

    public InstanceState State { get; internal set; }

    /// <summary>When it began to run; the image's own boot time counts from here.</summary>
    public DateTimeOffset? RunningSince { get; internal set; }

    public DateTimeOffset? TerminatedAt { get; internal set; }

    /// <summary>Why it is going or gone, in EC2's words: a code and a message.</summary>
    public (string Code, string Message)? StateReason { get; internal set; }

    public bool IsAlive => State is InstanceState.Pending or InstanceState.Running;

    internal static string NameOf(InstanceState state) => state switch
    {
        InstanceState.Pending => "pending",
        InstanceState.Running => "running",
        InstanceState.ShuttingDown => "shutting-down",
        _ => "terminated",
    };
}
