using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>What a run of Lifecycle does next.</summary>
internal abstract record WatchStep
{
    private WatchStep()
    {
    }

    /// <summary>Read records, group and instances.</summary>
    /// <param name="Serving">Also those instances in service that only a sweep probes.</param>
    internal sealed record ReadAll(bool Serving) : WatchStep;

    /// <summary>Read the group alone: enough while AWS moves instances, since nothing is admitted or ended by it.</summary>
    internal sealed record ReadGroup : WatchStep;

    /// <summary>Read the group's newest instance refresh.</summary>
    internal sealed record ReadRefresh : WatchStep;

    /// <summary>Read the group's newest scaling activity.</summary>
    internal sealed record ReadActivity : WatchStep;

    /// <summary>Probe each of the instances once; one without an address yet is left out.</summary>
    internal sealed record Probe(ImmutableArray<string> Instances) : WatchStep;

    internal sealed record Wait(TimeSpan For) : WatchStep;

    internal sealed record Act(AwsAction Action) : WatchStep;

    internal sealed record Stop(RunResult Result) : WatchStep;
}
