namespace Charlie.Lambdas.Decisions;

/// <summary>How a group's instances are replaced; from the stack's parameters.</summary>
internal abstract record Strategy
{
    private Strategy()
    {
    }

    /// <summary>Terminate, then launch: for a group of one.</summary>
    internal sealed record Replace : Strategy;

    /// <summary>
    /// For a singleton: a second machine prepares everything and waits at the lock; then the old one is terminated. Where no
    /// handover is possible (<see cref="HandoverPlan.WhyNot"/>) it is a <see cref="Replace"/>.
    /// </summary>
    internal sealed record Handover : Strategy;

    /// <summary>The group's own instance refresh, at any size.</summary>
    /// <param name="MinHealthyPercentage">Of the desired capacity, what stays in service (0 to 100).</param>
    /// <param name="MaxHealthyPercentage">Of the desired capacity, what may run at once (100 to 200, at most 100 above the least).</param>
    /// <param name="Warmup">How long a new instance is in service before it counts and the next ones go.</param>
    internal sealed record Rolling(int MinHealthyPercentage, int MaxHealthyPercentage, TimeSpan Warmup) : Strategy
    {
        /// <summary>Where nothing may be missing something more has to come.</summary>
        public bool LaunchesFirst => MaxHealthyPercentage > 100 || MinHealthyPercentage == 100;
    }
}
