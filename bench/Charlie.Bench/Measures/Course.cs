using Charlie.Bench.Environments;
using Charlie.Bench.Runtime;

namespace Charlie.Bench.Measures;

/// <summary>
/// Runs the contenders in turn, scene by scene, each time a fresh process before a fresh and equal AWS, so that what the
/// machine does meanwhile comes upon all alike.
/// </summary>
internal sealed class Course(IReadOnlyList<Contender> contenders, RuntimeApi api, Figures figures, TimeProvider time)
{
    private const string Milliseconds = "ms";

    private static readonly Scene[] ColdScenes = [Scene.Push, Scene.LaunchAgain, Scene.Sweep];

    private readonly SameResults results = new();

    /// <summary>One round over all scenes and contenders; the first one only warms the machine's caches up.</summary>
    public async Task RoundAsync(bool counts, CancellationToken cancellation)
    {
        foreach (var scene in ColdScenes)
        {
            foreach (var contender in contenders)
            {
                await using var environment = await scene.SetAsync(time, cancellation);
                var (cold, process) = await FirstResponseAsync(scene, contender, environment, cancellation);
                await using (process)
                {
                    if (counts)
                    {
                        figures.Add($"cold start, {scene.Name}", Milliseconds, contender.Name, cold.TotalMilliseconds);
                    }

                    if (counts && scene == Scene.Push)
                    {
                        figures.Add("max memory resident in a deployment", "MB", contender.Name, process.PeakResidentKilobytes / 1024.0);
                    }
                }
            }
        }
    }

    /// <summary>
    /// From the event of a launch to the call that admits the instance, by a process that is warm, and again to the confirmation.
    /// </summary>
    public async Task LaunchAsync(CancellationToken cancellation)
    {
        foreach (var contender in contenders)
        {
            await using var environment = await Scene.Launch.SetAsync(time, cancellation);
            api.Put(Events.Unknown());
            await using var process = FunctionProcess.Start(contender, Scene.Launch.Handler, environment, api, time);
            await process.ResponseAsync(api, cancellation);
            var requested = time.GetUtcNow();
            api.Put(Scene.Launch.Event(environment));
            var response = await process.ResponseAsync(api, cancellation);
            results.Check(Scene.Launch.Name, contender.Name, response.Json);
            var admitted = environment.Cloud.Endpoint.Calls.Single(call => call.Action == "CompleteLifecycleAction").At;
            figures.Add("warm, launch of a healthy instance to CompleteLifecycleAction", Milliseconds, contender.Name,
                (admitted - requested).TotalMilliseconds);
        }
    }

    /// <summary>Invocations of one warm process in a row: a push that came again, three calls each.</summary>
    public async Task WarmAsync(int invocations, CancellationToken cancellation)
    {
        foreach (var contender in contenders)
        {
            await using var environment = await Scene.Push.SetAsync(time, cancellation);
            var (_, process) = await FirstResponseAsync(Scene.Push, contender, environment, cancellation);
            await using (process)
            {
                await RepeatAsync(contender, process, invocations / 4, cancellation);
                var since = time.GetTimestamp();
                await RepeatAsync(contender, process, invocations, cancellation);
                figures.Add("warm, Image Pushed again: AlreadyCurrent", "invocations/s", contender.Name,
                    invocations / time.GetElapsedTime(since).TotalSeconds);
            }
        }
    }

    /// <summary>Whether one contender's memory grows: what is resident after more and more invocations.</summary>
    public async Task EnduranceAsync(Contender contender, IEnumerable<int> counts, CancellationToken cancellation)
    {
        await using var environment = await Scene.Push.SetAsync(time, cancellation);
        var (_, process) = await FirstResponseAsync(Scene.Push, contender, environment, cancellation);
        await using (process)
        {
            var done = 0;
            foreach (var count in counts)
            {
                await RepeatAsync(contender, process, count - done, cancellation);
                done = count;
                figures.Add($"memory resident after {count:N0} invocations", "MB", contender.Name, process.ResidentKilobytes / 1024.0);
            }
        }
    }

    private async Task<(TimeSpan Took, FunctionProcess Process)> FirstResponseAsync(
        Scene scene, Contender contender, ProductionEnvironment environment, CancellationToken cancellation)
    {
        api.Put(scene.Event(environment));
        var process = FunctionProcess.Start(contender, scene.Handler, environment, api, time);
        try
        {
            var response = await process.ResponseAsync(api, cancellation);
            results.Check(scene.Name, contender.Name, response.Json);
            return (time.GetElapsedTime(process.StartedAt, response.At), process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private async Task RepeatAsync(Contender contender, FunctionProcess process, int invocations, CancellationToken cancellation)
    {
        for (var i = 0; i < invocations; i++)
        {
            api.Put(Events.ImagePushed());
            results.Check("Image Pushed again", contender.Name, (await process.ResponseAsync(api, cancellation)).Json);
        }
    }
}
