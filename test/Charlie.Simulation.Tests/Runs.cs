using Charlie.Simulation.Plans;
using Charlie.Simulation.Seeds;

namespace Charlie.Simulation.Tests;

/// <summary>Runs on threads of their own: xUnit's synchronization context has no place in a simulation.</summary>
internal static class Runs
{
    public static readonly string Template = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "serverless.template"));

    public static SimulationResult Run(int seed) => Run(Plan.Draw(seed), Template);

    public static SimulationResult Run(Plan plan, string template)
    {
        SimulationResult? result = null;
        var thread = new Thread(() => result = SimulationRun.Run(plan, template));
        thread.Start();
        thread.Join();
        return result!;
    }

    /// <summary>The runs of some seeds, each within one thread.</summary>
    public static Tally Run(SeedRange seeds) =>
        SeedRunner.Run(seeds, Template, Environment.ProcessorCount, _ => { }, TestContext.Current.CancellationToken);
}
