using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>Carries out a <see cref="Convergence"/>: first the pin, then what it is pinned for.</summary>
internal sealed class GroupConvergence(AutoScalingGroups groups, TimeProvider time)
{
    public async Task<DeploymentTimings> ApplyAsync(Convergence plan, Release target, Steps steps)
    {
        var timings = new DeploymentTimings();
        if (plan.Pin is { } version)
        {
            await groups.PinAsync(version.Number);
            steps.Pinned(version);
            timings = timings with { PinnedAt = time.GetUtcNow() };
        }

        foreach (var instance in plan.Replace)
        {
            await groups.TerminateAsync(instance);
            steps.Terminated(instance, target);
            timings = timings with { TerminatedAt = time.GetUtcNow() };
        }

        switch (plan.Refresh)
        {
            case RefreshStep.Start start when await groups.StartRefreshAsync(start):
                steps.RefreshStarted(start.Version);
                break;
            case RefreshStep.Cancel cancel when await groups.CancelRefreshAsync():
                steps.RefreshCancelled(cancel.Refresh, target);
                break;
            case RefreshStep.RollBack rollBack when await groups.RollBackRefreshAsync():
                steps.RefreshRolledBack(rollBack.Refresh, target);
                break;
            case not null:
                steps.RefreshMovedOn();
                break;
        }

        return timings;
    }
}
