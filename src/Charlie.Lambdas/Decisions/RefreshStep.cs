namespace Charlie.Lambdas.Decisions;

/// <summary>What is done with the group's instance refresh.</summary>
internal abstract record RefreshStep
{
    private RefreshStep()
    {
    }

    /// <summary>Bring a version in.</summary>
    /// <param name="AutoRollback">The group goes back to its pin by itself where the version does not come up.</param>
    internal sealed record Start(ReleaseVersion Version, Strategy.Rolling Way, bool AutoRollback) : RefreshStep;

    /// <summary>Stop; what is replaced stays so.</summary>
    internal sealed record Cancel(InstanceRefresh Refresh) : RefreshStep;

    /// <summary>Go back to the pin, which is where the group should be.</summary>
    internal sealed record RollBack(InstanceRefresh Refresh) : RefreshStep;
}
