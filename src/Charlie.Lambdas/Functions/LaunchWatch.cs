using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Health;

namespace Charlie.Lambdas.Functions;

/// <summary>The loop of Lifecycle, for the watch of a launch and for the sweep; <see cref="WatchPolicy"/> makes every choice.</summary>
internal sealed class LaunchWatch(
    PolicySettings settings, SnapshotReader reader, InstanceProber prober, ActionExecutor executor, TimeProvider time)
{
    /// <param name="launchId">The instance to watch; <c>null</c> for a sweep.</param>
    /// <param name="available">How long the run may take.</param>
    /// <param name="log">The run's log.</param>
    public async Task<RunResult> RunAsync(string? launchId, TimeSpan available, Log log)
    {
        for (var state = new WatchState(launchId, time.GetUtcNow(), available); ;)
        {
            (state, var step) = WatchPolicy.Next(state, settings, time.GetUtcNow());
            Mark.Reached(step, state);
            switch (step)
            {
                case WatchStep.ReadAll all:
                    state = state with { LastSnapshot = await reader.ReadWithInstancesAsync(state.LastSnapshot, all.Serving) };
                    break;
                case WatchStep.ReadGroup:
                    state = state with { LastSnapshot = await reader.ReadGroupAsync(state.Snapshot) };
                    break;
                case WatchStep.ReadRefresh:
                    state = state with { LastSnapshot = await reader.ReadRefreshAsync(state.Snapshot) };
                    break;
                case WatchStep.ReadActivity:
                    state = state with { LastSnapshot = await reader.ReadLastActivityAsync(state.Snapshot) };
                    break;
                case WatchStep.Probe probe:
                    state = state with { LastSnapshot = state.Snapshot.After(await prober.ProbeAsync(probe.Instances, state.Snapshot)) };
                    break;
                case WatchStep.Act act:
                    state = state with { LastSnapshot = await executor.ExecuteAsync(act.Action, state.Snapshot, log) };
                    break;
                case WatchStep.Wait wait:
                    await Task.Delay(wait.For, time);
                    break;
                case WatchStep.Stop stop:
                    return stop.Result;
            }
        }
    }
}
