using Charlie.Cli.Simulation;

namespace Charlie.Simulation.Tests;

/// <summary>Runs on threads of their own: xUnit's synchronization context has no place in a simulation.</summary>
internal static class Runs
{
    public static readonly string Template = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "serverless.template"));

    public static SimulationResult Play(int seed) => Play(Plan.Draw(seed), Template);

    public static SimulationResult Play(Plan plan, string template)
    {
        SimulationResult? result = null;
        var thread = new Thread(() => result = SimulationRun.Play(plan, template));
        thread.Start();
        thread.Join();
        return result!;
    }

    /// <summary>The runs of some seeds, each within one thread.</summary>
    public static Tally Play(SeedRange seeds) =>
        Cli.Simulation.Simulation.Play(seeds, Template, Environment.ProcessorCount, _ => { }, TestContext.Current.CancellationToken);
}
