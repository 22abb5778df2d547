namespace Charlie.Lambdas.Functions;

/// <summary>
/// How long a sweep may take. The next one comes a minute later: where AWS does not respond, sweeps must not pile up.
/// </summary>
internal static class SweepLimit
{
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(50);

    // Silence counts after three minutes on end. Between its begin and its end such a run calls instances only.
    private static readonly TimeSpan MaxWithSilence = TimeSpan.FromMinutes(4);

    /// <summary>The limit of a sweep that goes on probing an instance that is silent.</summary>
    /// <inheritdoc cref="Of"/>
    public static TimeSpan WithSilence(TimeSpan available) => available < MaxWithSilence ? available : MaxWithSilence;

    /// <param name="available">What Lambda leaves the run.</param>
    public static TimeSpan Of(TimeSpan available) => available < Max ? available : Max;
}
