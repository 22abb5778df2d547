using Charlie.Simulation.Plans;

namespace Charlie.Simulation.Environments;

/// <summary>What of GitLab's faults is armed now, and which events met one.</summary>
internal sealed class GitLabFaults(TimeProvider time, FaultInjector faults)
{
    private readonly List<(GitLabFault Fault, TimeSpan Lasts)> armed = [];
    private readonly HashSet<string> struck = [];
    private (DateTimeOffset Until, GitLabFault Fault) outage;
    private int toSkip;

    public void Arm(SimulationStep.GitLabFails step)
    {
        if (step.Times == int.MaxValue)
        {
            outage = (time.GetUtcNow() + step.Lasts, step.Fault);
            return;
        }

        toSkip = IsOfCall(step.Fault) ? step.Skip : toSkip;
        armed.AddRange(Enumerable.Repeat((step.Fault, step.Lasts), step.Times));
    }

    /// <summary>From now on all goes well.</summary>
    public void Stop()
    {
        armed.Clear();
        outage = default;
    }

    /// <summary>Whether a fault met an event that a function was invoked with.</summary>
    public bool Met(string requestId) => struck.Contains(requestId);

    /// <summary>What happens to the next call of a run; <c>null</c> where it goes well.</summary>
    public GitLabFault? NextCall(FunctionRun run)
    {
        var fault = time.GetUtcNow() < outage.Until && outage.Fault != GitLabFault.NoToken
            ? Counted(outage.Fault)
            : armed.Exists(one => IsOfCall(one.Fault)) && toSkip-- > 0 ? null
            : Take(IsOfCall)?.Fault;
        Meet(run, fault);
        return fault;
    }

    /// <summary>Whether a run cannot read the token.</summary>
    public bool HidesToken(FunctionRun run)
    {
        var fault = time.GetUtcNow() < outage.Until && outage.Fault == GitLabFault.NoToken
            ? Counted(outage.Fault)
            : Take(fault => fault == GitLabFault.NoToken)?.Fault;
        Meet(run, fault);
        return fault is not null;
    }

    /// <summary>Takes one of a kind that is armed, with its time; <c>null</c> without one.</summary>
    public TimeSpan? Take(GitLabFault fault) => Take(one => one == fault)?.Lasts;

    private static bool IsOfCall(GitLabFault fault) => fault < GitLabFault.NoToken;

    private void Meet(FunctionRun run, GitLabFault? fault)
    {
        if (fault is not null)
        {
            struck.Add(run.RequestId);
        }
    }

    private (GitLabFault Fault, TimeSpan Lasts)? Take(Predicate<GitLabFault> isWanted)
    {
        var at = armed.FindIndex(one => isWanted(one.Fault));
        if (at < 0)
        {
            return null;
        }

        var taken = armed[at];
        armed.RemoveAt(at);
        Counted(taken.Fault);
        return taken;
    }

    private GitLabFault Counted(GitLabFault fault)
    {
        faults.Count($"GitLab{fault}");
        return fault;
    }
}
