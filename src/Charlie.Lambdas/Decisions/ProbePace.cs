namespace Charlie.Lambdas.Decisions;

/// <summary>How long to wait between two probes.</summary>
/// <param name="Next">The next wait.</param>
internal readonly record struct ProbePace(TimeSpan Next)
{
    /// <summary>Short enough that an instance is admitted within a second of its first healthy response.</summary>
    public static readonly TimeSpan Min = TimeSpan.FromMilliseconds(250);

    // Often enough for a slow boot, or for a bake.
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(2);

    private const double Growth = 1.25;

    public static readonly ProbePace Start = new(Min);

    public ProbePace Slower() => new(Next * Growth < Max ? Next * Growth : Max);
}
