using Charlie.Simulation.Images;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Plans;

/// <summary>How a call to AWS goes wrong.</summary>
internal enum CallFault
{
    Throttled,
    ServerError,

    /// <summary>The connection breaks before AWS sees the call.</summary>
    LostBefore,

    /// <summary>The call took effect; the connection breaks before its response.</summary>
    LostAfter,

    /// <summary>AWS gets the call late, and the caller has given it up by then.</summary>
    TimedOut,
    KilledBefore,
    KilledAfter,
}

/// <summary>How the way of an event goes wrong.</summary>
internal enum EventFault
{
    Lost,
    Doubled,
    Delayed,
}

/// <summary>What is wrong with a pushed event.</summary>
internal enum PushViolation
{
    OtherApp,
    OtherRepository,
    NoDigest,
    BadCommit,
    OtherProject,
    ZeroJob,
    NoReference,
}

/// <summary>One thing that a seed has drawn to happen, at a time after the start.</summary>
internal abstract record SimulationStep(TimeSpan At)
{
    /// <summary>CI pushes an image, as release <c>Pipeline.Job</c>. The first push of an image decides what it does.</summary>
    internal sealed record Push(TimeSpan At, long Pipeline, long Job, string Image, ImageBehaviour Behaviour) : SimulationStep(At);

    /// <summary>The event of an earlier push comes once more.</summary>
    internal sealed record PushAgain(TimeSpan At, long Pipeline, long Job, string Image) : SimulationStep(At);

    internal sealed record InvalidPush(TimeSpan At, long Pipeline, long Job, string Image, PushViolation Violation) : SimulationStep(At);

    /// <summary>An image turns from healthy to sick, or back.</summary>
    internal sealed record ImageTurns(TimeSpan At, string Image, ImageBehaviour Behaviour) : SimulationStep(At);

    /// <summary>An operator wants a release gone.</summary>
    /// <param name="From">A release, or <c>null</c> for the one that should run.</param>
    internal sealed record Rollback(TimeSpan At, string? From, string? To, bool Twice) : SimulationStep(At);

    /// <summary>
    /// An operator wants a release gone at the moment when it is to be confirmed, while reads lag: the run that confirms it may
    /// not know.
    /// </summary>
    /// <param name="After">From the moment when its first instance was recorded as in service.</param>
    internal sealed record RollbackAtConfirmation(TimeSpan At, string Release, TimeSpan After, TimeSpan Lag) : SimulationStep(At);

    /// <summary>An operator, or the stack's deploy window, holds deployments.</summary>
    /// <param name="Minutes">How long; <c>null</c>: until a resume.</param>
    internal sealed record Hold(TimeSpan At, string Holder, int? Minutes, bool Twice) : SimulationStep(At);

    internal sealed record Resume(TimeSpan At, string Holder, bool Twice) : SimulationStep(At);

    /// <summary>An operator wants the same release on a new machine.</summary>
    internal sealed record Restart(TimeSpan At, bool Twice) : SimulationStep(At);

    /// <summary>An operator takes the app out of service.</summary>
    internal sealed record Stop(TimeSpan At, bool Twice) : SimulationStep(At);

    /// <summary>An operator takes the app back into service.</summary>
    internal sealed record Start(TimeSpan At, bool Twice) : SimulationStep(At);

    /// <summary>An alarm of the app that the stack names fires.</summary>
    internal sealed record AlarmFires(TimeSpan At, bool Twice) : SimulationStep(At);

    /// <summary>The infrastructure stack makes a new base version and pins it.</summary>
    /// <param name="Behaviour">What all machines do that are derived from it; <c>null</c> for a good one.</param>
    internal sealed record StackUpdate(TimeSpan At, BehaviourKind? Behaviour) : SimulationStep(At);

    /// <summary>A person pins a version, counted from the oldest (modulo how many there are).</summary>
    internal sealed record PinChange(TimeSpan At, int Version) : SimulationStep(At);

    /// <summary>A person pins <c>$Latest</c>, which moves by itself; Charlie refuses to work with it.</summary>
    internal sealed record LatestPin(TimeSpan At) : SimulationStep(At);

    /// <summary>The machine of the group's youngest instance dies.</summary>
    internal sealed record InstanceDeath(TimeSpan At) : SimulationStep(At);

    /// <summary>The machine of the group's oldest instance dies: in a handover the trader's.</summary>
    internal sealed record TraderDeath(TimeSpan At) : SimulationStep(At);

    /// <summary>A person sets the group's desired capacity to 1 or 2.</summary>
    internal sealed record Capacity(TimeSpan At, int To) : SimulationStep(At);

    /// <summary>What every app needs (a broker, DNS) does not respond for this long.</summary>
    internal sealed record AppOutage(TimeSpan At, TimeSpan Lasts) : SimulationStep(At);

    /// <summary>A scheduled action sets the group's desired capacity to 0 for this long, as outside market hours.</summary>
    internal sealed record Close(TimeSpan At, TimeSpan Lasts) : SimulationStep(At);

    /// <summary>EC2 has no capacity for this long.</summary>
    internal sealed record NoCapacity(TimeSpan At, TimeSpan Lasts) : SimulationStep(At);

    /// <summary>A function's calls go wrong, after some that do not.</summary>
    internal sealed record Call(TimeSpan At, string Function, CallFault Fault, int Skip, int Times) : SimulationStep(At);

    /// <summary>AWS takes long over each call of the functions.</summary>
    internal sealed record SlowResponses(TimeSpan At, TimeSpan Lasts, TimeSpan Each) : SimulationStep(At);

    /// <summary>AWS throttles the functions' calls to one of its services. Calls that change something have a limit of their own.</summary>
    internal sealed record ServiceThrottle(TimeSpan At, TimeSpan Lasts, string Service, bool OnlyWrites) : SimulationStep(At);

    /// <summary>What is read may be as old as this.</summary>
    internal sealed record LaggingReads(TimeSpan At, TimeSpan Lasts, TimeSpan Lag) : SimulationStep(At);

    /// <summary>GitLab, or the way there, fails.</summary>
    /// <param name="Skip">How many calls go well before.</param>
    /// <param name="Times">How many times; <see cref="int.MaxValue"/>: at each call, as long as it lasts.</param>
    /// <param name="Lasts">How long; of what is late, by how much.</param>
    internal sealed record GitLabFails(TimeSpan At, GitLabFault Fault, int Skip, int Times, TimeSpan Lasts) : SimulationStep(At);

    internal sealed record Event(TimeSpan At, string DetailType, EventFault Fault, TimeSpan Delay) : SimulationStep(At);

    /// <summary>Lambda has no room for a function's next invocations.</summary>
    internal sealed record Throttle(TimeSpan At, string Function, int Times) : SimulationStep(At);
}
