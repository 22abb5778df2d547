using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>Carries out a <see cref="Convergence"/>: first the pin, then what it makes room for.</summary>
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

        return timings;
    }
}
