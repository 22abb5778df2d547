using Charlie.Sandbox.Template;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Plans;

namespace Charlie.Simulation.Seeds;

/// <summary>Runs seeds, on one thread or on as many as the machine has processors; each run stays on its own.</summary>
internal static class SeedRunner
{
    /// <summary>A failing run's timeline is kept; beyond this many failures it is enough to know the seeds.</summary>
    private const int MaxFailures = 20;

    /// <param name="seeds">Which.</param>
    /// <param name="template">The text of <c>serverless.template</c>.</param>
    /// <param name="tier">How the functions reach AWS.</param>
    /// <param name="threads">How many at once.</param>
    /// <param name="finished">Called after each run, one at a time.</param>
    /// <param name="cancellation">Ends it after the runs that have begun.</param>
    /// <param name="keepHashes">Whether the tally keeps the hash of each run.</param>
    public static Tally Run(
        SeedRange seeds,
        string template,
        Tier tier,
        int threads,
        Action<Tally> finished,
        CancellationToken cancellation,
        bool keepHashes = true)
    {
        var tally = new Tally(keepHashes);
        var gate = new Lock();
        var next = seeds.First - 1;
        void Work()
        {
            var read = TemplateDocument.Parse(template);
            while (!cancellation.IsCancellationRequested && Interlocked.Increment(ref next) is var seed && seed <= seeds.Last)
            {
                var result = SimulationRun.Run(Plan.Draw(seed), read, tier);
                lock (gate)
                {
                    if (tally.Failed.Count >= MaxFailures)
                    {
                        return;
                    }

                    tally.Add(result);
                    finished(tally);
                }
            }
        }

        // Threads of their own: nothing of a run may meet a synchronization context or the thread pool.
        var workers = Enumerable.Range(0, Math.Min(threads, seeds.Count)).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return tally;
    }
}
