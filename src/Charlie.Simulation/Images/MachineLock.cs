using Charlie.Sandbox;
using Charlie.Sandbox.Ec2;

namespace Charlie.Simulation.Images;

/// <summary>
/// What keeps two copies of a singleton apart, as <c>instance/lib/lock.sh</c> does it: a machine starts its app after every older
/// machine of the group is gone, or has said that it stopped its app for good.
/// </summary>
internal sealed class MachineLock
{
    private const string GroupTag = "aws:autoscaling:groupName";

    // Of the time in which EC2 terminates a machine the app takes this share to close its positions.
    private const double StopShare = 0.25;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Machine> machines = [];
    private readonly Cloud cloud;

    public MachineLock(Cloud cloud)
    {
        this.cloud = cloud;
        cloud.Ec2.Instances.StateChanged += Changed;
    }

    /// <summary>Since when a machine may start its app; <c>null</c> while an older one runs its own.</summary>
    public DateTimeOffset? FreeAt(Ec2Instance instance)
    {
        lock (gate)
        {
            var free = instance.LaunchTime;
            foreach (var (id, other) in machines)
            {
                if (IsOlder(id, other, instance))
                {
                    if (other.StoppedAt is not { } stopped)
                    {
                        return null;
                    }

                    free = stopped > free ? stopped : free;
                }
            }

            return free;
        }
    }

    private static bool IsOlder(string id, Machine other, Ec2Instance instance) =>
        other.Group == instance.Tags[GroupTag]
        && (other.LaunchedAt < instance.LaunchTime
            || (other.LaunchedAt == instance.LaunchTime && string.CompareOrdinal(id, instance.Id) < 0));

    private void Changed(Ec2Instance instance)
    {
        var (now, stopTime) = (cloud.Time.GetUtcNow(), cloud.Context.Timings.Termination * StopShare);
        lock (gate)
        {
            var known = machines.GetValueOrDefault(instance.Id) ?? new Machine(instance.Tags[GroupTag], instance.LaunchTime, null);
            machines[instance.Id] = instance.State switch
            {
                InstanceState.ShuttingDown => known with { StoppedAt = known.StoppedAt ?? now + stopTime },
                InstanceState.Terminated => known with { StoppedAt = known.StoppedAt < now ? known.StoppedAt : now },
                _ => known,
            };
        }
    }

    /// <param name="StoppedAt">When its app has ended for good; <c>null</c> while it is not going.</param>
    private sealed record Machine(string? Group, DateTimeOffset LaunchedAt, DateTimeOffset? StoppedAt);
}
