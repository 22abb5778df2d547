using Charlie.Bench.Runtime;
using Charlie.Bench.Stage;

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
                await using var stage = await scene.SetAsync(time, cancellation);
                var (cold, process) = await FirstAnswerAsync(scene, contender, stage, cancellation);
                await using (process)
                {
                    if (counts)
                    {
                        figures.Add($"cold start, {scene.Name}", Milliseconds, contender.Name, cold.TotalMilliseconds);
                    }

                    if (counts && scene == Scene.Push)
                    {
                        figures.Add("most memory resident in a deployment", "MB", contender.Name, process.PeakResidentKilobytes / 1024.0);
                    }
                }
            }
        }
    }

    /// <summary>From the event of a launch to the call that lets the instance in, by a process that is warm, and again to the confirmation.</summary>
    public async Task LaunchAsync(CancellationToken cancellation)
    {
        foreach (var contender in contenders)
        {
            await using var stage = await Scene.Launch.SetAsync(time, cancellation);
            api.Put(Events.Unknown());
            await using var process = FunctionProcess.Start(contender, Scene.Launch.Handler, stage, api, time);
            await process.AnswerAsync(api, cancellation);
            var asked = time.GetUtcNow();
            api.Put(Scene.Launch.Event(stage));
            var answer = await process.AnswerAsync(api, cancellation);
            results.Check(Scene.Launch.Name, contender.Name, answer.Json);
            var letIn = stage.Cloud.Endpoint.Calls.Single(call => call.Action == "CompleteLifecycleAction").At;
            figures.Add("warm, launch of a healthy instance to CompleteLifecycleAction", Milliseconds, contender.Name, (letIn - asked).TotalMilliseconds);
        }
    }

    /// <summary>Invocations of one warm process in a row: a push that came again, three calls each.</summary>
    public async Task WarmAsync(int invocations, CancellationToken cancellation)
    {
        foreach (var contender in contenders)
        {
            await using var stage = await Scene.Push.SetAsync(time, cancellation);
            var (_, process) = await FirstAnswerAsync(Scene.Push, contender, stage, cancellation);
            await using (process)
            {
                await RepeatAsync(contender, process, invocations / 4, cancellation);
                var since = time.GetTimestamp();
                await RepeatAsync(contender, process, invocations, cancellation);
                figures.Add("warm, Image Pushed again: AlreadyCurrent", "invocations/s", contender.Name, invocations / time.GetElapsedTime(since).TotalSeconds);
            }
        }
    }

    /// <summary>Whether one contender's memory grows: what is resident after more and more invocations.</summary>
    public async Task EnduranceAsync(Contender contender, IEnumerable<int> looks, CancellationToken cancellation)
    {
        await using var stage = await Scene.Push.SetAsync(time, cancellation);
        var (_, process) = await FirstAnswerAsync(Scene.Push, contender, stage, cancellation);
        await using (process)
        {
            var done = 0;
            foreach (var look in looks)
            {
                await RepeatAsync(contender, process, look - done, cancellation);
                done = look;
                figures.Add($"memory resident after {look:N0} invocations", "MB", contender.Name, process.ResidentKilobytes / 1024.0);
            }
        }
    }

    private async Task<(TimeSpan Took, FunctionProcess Process)> FirstAnswerAsync(
        Scene scene, Contender contender, ProductionStage stage, CancellationToken cancellation)
    {
        api.Put(scene.Event(stage));
        var process = FunctionProcess.Start(contender, scene.Handler, stage, api, time);
        try
        {
            var answer = await process.AnswerAsync(api, cancellation);
            results.Check(scene.Name, contender.Name, answer.Json);
            return (time.GetElapsedTime(process.StartedAt, answer.At), process);
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
            results.Check("Image Pushed again", contender.Name, (await process.AnswerAsync(api, cancellation)).Json);
        }
    }
}
