namespace Charlie.Lambdas.Functions;

/// <summary>How long to wait between two probes.</summary>
internal sealed class ProbePace
{
    /// <summary>Short enough that a launch is let in within a second of its first good answer.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    // A slow boot, or a bake, is looked at gently.
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(2);

    private const double Growth = 1.25;

    private TimeSpan wait = First;

    /// <summary>Grows from probe to probe, and is short again while a waiting instance is about to be proved.</summary>
    public TimeSpan Next(bool isProving)
    {
        if (isProving)
        {
            return First;
        }

        var next = wait;
        wait = wait * Growth < Slowest ? wait * Growth : Slowest;
        return next;
    }
}
