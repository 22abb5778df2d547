using Charlie.Sandbox.Instances;

namespace Charlie.Cli.Simulation;

/// <summary>How a call to AWS goes wrong.</summary>
internal enum CallFault
{
    Throttled,
    ServerError,

    /// <summary>The connection breaks before AWS sees the call.</summary>
    LostBefore,

    /// <summary>The call took effect; the connection breaks before its answer.</summary>
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
internal enum PushFlaw
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
internal abstract record Happening(TimeSpan At)
{
    /// <summary>CI pushes an image, as release <c>Pipeline.Job</c>.</summary>
    internal sealed record Push(TimeSpan At, long Pipeline, long Job, string Image, ImageBehaviour Behaviour) : Happening(At);

    /// <summary>The event of an earlier push comes once more.</summary>
    internal sealed record PushAgain(TimeSpan At, long Pipeline, long Job, string Image) : Happening(At);

    internal sealed record InvalidPush(TimeSpan At, long Pipeline, long Job, string Image, PushFlaw Flaw) : Happening(At);

    /// <summary>An image turns from healthy to sick, or back.</summary>
    internal sealed record ImageTurns(TimeSpan At, string Image, ImageBehaviour Behaviour) : Happening(At);

    /// <summary>An operator wants a release gone.</summary>
    /// <param name="From">A release, or <c>null</c> for the one that should run.</param>
    internal sealed record Rollback(TimeSpan At, string? From, string? To, bool Twice) : Happening(At);

    /// <summary>The infrastructure stack makes a new base version and pins it.</summary>
    /// <param name="Flaw">What all machines do that are derived from it; <c>null</c> for a good one.</param>
    internal sealed record StackUpdate(TimeSpan At, BehaviourKind? Flaw) : Happening(At);

    /// <summary>A person pins a version, counted from the oldest (modulo how many there are).</summary>
    internal sealed record PinChange(TimeSpan At, int Version) : Happening(At);

    /// <summary>A person pins <c>$Latest</c>, which moves by itself; Charlie refuses to work with it.</summary>
    internal sealed record LatestPin(TimeSpan At) : Happening(At);

    /// <summary>The machine of the group's youngest instance dies.</summary>
    internal sealed record InstanceDeath(TimeSpan At) : Happening(At);

    /// <summary>EC2 has no capacity for this long.</summary>
    internal sealed record NoCapacity(TimeSpan At, TimeSpan Lasts) : Happening(At);

    /// <summary>A function's calls go wrong, after some that do not.</summary>
    internal sealed record Call(TimeSpan At, string Function, CallFault Fault, int Skip, int Times) : Happening(At);

    /// <summary>AWS takes long over each call of the functions.</summary>
    internal sealed record SlowAnswers(TimeSpan At, TimeSpan Lasts, TimeSpan Each) : Happening(At);

    /// <summary>AWS throttles the functions' calls to one of its services. Calls that change something have a limit of their own.</summary>
    internal sealed record ServiceThrottle(TimeSpan At, TimeSpan Lasts, string Service, bool OnlyWrites) : Happening(At);

    /// <summary>What is read may be as old as this.</summary>
    internal sealed record LaggingReads(TimeSpan At, TimeSpan Lasts, TimeSpan Lag) : Happening(At);

    internal sealed record Event(TimeSpan At, string DetailType, EventFault Fault, TimeSpan Delay) : Happening(At);

    /// <summary>Lambda has no room for a function's next invocations.</summary>
    internal sealed record Throttle(TimeSpan At, string Function, int Times) : Happening(At);
}
