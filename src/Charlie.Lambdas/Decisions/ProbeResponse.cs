using System.Diagnostics;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The response to one probe. The ages are the machine's own measurements: differences of two times of one response, so
/// that no two clocks are compared.
/// </summary>
internal abstract record ProbeResponse
{
    private ProbeResponse()
    {
    }

    /// <summary>200: the app is healthy, and this image is what the engine runs.</summary>
    /// <param name="For">How long it has been healthy on end.</param>
    internal sealed record Healthy(string Image, TimeSpan For) : ProbeResponse;

    /// <summary>503 with <c>X-Charlie-Failure</c>: it cannot go on, on this machine.</summary>
    /// <param name="OfMachine">An infrastructure failure, and not an application failure.</param>
    /// <param name="Phase">The phase that failed; <c>null</c> where the machine names none.</param>
    internal sealed record Failed(bool OfMachine, string Reason, BootPhase? Phase = null) : ProbeResponse;

    /// <summary>503 in a phase before the app runs.</summary>
    /// <param name="Prepared">
    /// The image of the container that a machine in phase <c>lock</c> has created and verified, and starts once it has the lock;
    /// <c>null</c> in every other phase, and where the machine does not say so.
    /// </param>
    internal sealed record Preparing(BootPhase Phase, string? Prepared = null) : ProbeResponse;

    /// <summary>503 in phase <c>run</c>: the app runs, or is being started again, and is not healthy.</summary>
    /// <param name="For">How long it has not been healthy, on end.</param>
    /// <param name="RunsFor">The time since the machine first started the app.</param>
    /// <param name="Restarts">How often the app ended and was started again.</param>
    /// <param name="LastEnd">How it ended last, with its last line; <c>null</c> where it never ended.</param>
    internal sealed record Unhealthy(TimeSpan For, TimeSpan RunsFor, int Restarts, string? LastEnd) : ProbeResponse;

    /// <summary>No TCP answer, a timeout, or anything that is none of the others.</summary>
    internal sealed record Silent(string Why) : ProbeResponse;

    /// <summary>Whether the machine does not say that it runs the app.</summary>
    public bool IsUnanswered => this is Silent or Preparing;

    /// <summary>The response as a person reads it in a log or a reason.</summary>
    public string Describe() => this switch
    {
        Healthy healthy => $"healthy for {Text.Duration.Of(healthy.For)}",
        Failed failed => failed.OfMachine ? $"machine: {failed.Reason}" : $"app: {failed.Reason}",
        Preparing preparing => $"in phase {preparing.Phase.ToString().ToLowerInvariant()}",
        Unhealthy { LastEnd: { } end } unhealthy =>
            $"not healthy for {Text.Duration.Of(unhealthy.For)}, restarted {unhealthy.Restarts} times: {end}",
        Unhealthy unhealthy => $"not healthy for {Text.Duration.Of(unhealthy.For)}",
        Silent silent => silent.Why,
        _ => throw new UnreachableException(),
    };
}
