namespace Charlie.Lambdas.Decisions;

/// <summary>What one run's probes of one instance add up to.</summary>
/// <param name="ConsecutiveSuccesses">The last probes in a row that found the image of the instance's version healthy.</param>
/// <param name="ConsecutiveFailures">The last probes in a row that did not.</param>
/// <param name="FirstHealthyAt">The first successful probe of all.</param>
/// <param name="UnansweredSince">The first of the last probes in a row to which the machine did not say that it runs the app.</param>
/// <param name="LastAt">When the newest response came.</param>
/// <param name="Last">The newest response.</param>
internal sealed record HealthEvidence(
    int ConsecutiveSuccesses,
    int ConsecutiveFailures,
    DateTimeOffset? FirstHealthyAt,
    DateTimeOffset? UnansweredSince,
    DateTimeOffset? LastAt,
    ProbeResponse? Last)
{
    /// <summary>
    /// The last probes in a row in which the machine said that it has prepared the image of the instance's version, and waits at
    /// the lock.
    /// </summary>
    public int ConsecutivePrepared { get; private init; }

    /// <summary>Probes of this run that did not find the image of the instance's version healthy, its boot included.</summary>
    public int Failures { get; private init; }

    /// <summary>Whether the machine said once that it runs the app.</summary>
    public bool HasRunApp { get; private init; }

    private static readonly TimeSpan SilenceTolerance = TimeSpan.FromSeconds(30);

    public static readonly HealthEvidence None = new(0, 0, null, null, null, null);

    /// <summary>Whether the machine gives no response that Charlie knows, for longer than a lost probe or two take.</summary>
    public bool IsSilent => Last is ProbeResponse.Silent && UnansweredFor >= SilenceTolerance;

    /// <summary>How long the machine has not said that it runs the app, as far as this run knows.</summary>
    public TimeSpan UnansweredFor => LastAt - UnansweredSince ?? TimeSpan.Zero;

    /// <summary>
    /// Counts anew: an instance that went in service must become healthy there once more. Its last response stays: it says
    /// whether the app runs.
    /// </summary>
    public HealthEvidence Afresh() =>
        None with { FirstHealthyAt = FirstHealthyAt, LastAt = LastAt, Last = Last, HasRunApp = HasRunApp, Failures = Failures };

    /// <summary>
    /// What counts of an instance that went in service at a time: nothing that was found before. It may have been admitted since
    /// by another run, after this run's last probe, and in service it is judged more strictly.
    /// </summary>
    public HealthEvidence Since(DateTimeOffset? inService) => inService > LastAt ? Afresh() with { Last = null } : this;

    /// <param name="image">The image of the instance's version; without one no probe is successful.</param>
    public HealthEvidence Add(ProbeResponse response, string? image, DateTimeOffset at)
    {
        var success = response is ProbeResponse.Healthy healthy && healthy.Image == image;
        return new HealthEvidence(
            success ? ConsecutiveSuccesses + 1 : 0,
            success ? 0 : ConsecutiveFailures + 1,
            FirstHealthyAt ?? (success ? at : null),
            response.IsUnanswered ? UnansweredSince ?? at : null,
            at,
            response)
        {
            ConsecutivePrepared =
                image is not null && response is ProbeResponse.Preparing { Phase: BootPhase.Lock } waiting && waiting.Prepared == image
                    ? ConsecutivePrepared + 1
                    : 0,
            Failures = success ? Failures : Failures + 1,
            HasRunApp = HasRunApp || response is ProbeResponse.Healthy or ProbeResponse.Unhealthy,
        };
    }
}
