using Charlie.Sandbox.Template;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Seeds;

namespace Charlie.Simulation.Tests;

/// <summary>Runs on threads of their own: xUnit's synchronization context has no place in a simulation.</summary>
internal static class Runs
{
    public static readonly string Template = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "serverless.template"));

    /// <summary>The template, read anew: one thread's at a time.</summary>
    public static TemplateDocument Document => TemplateDocument.Parse(Template);

    public static SimulationResult Run(int seed, Action<SimulatedEnvironment>? observe = null)
    {
        SimulationResult? result = null;
        var thread = new Thread(() => result = SimulationRun.Run(Plan.Draw(seed), Document, Tier.Deep, observe));
        thread.Start();
        thread.Join();
        return result!;
    }

    /// <summary>The runs of some seeds, each within one thread.</summary>
    public static Tally Run(SeedRange seeds, Tier tier = Tier.Deep) =>
        SeedRunner.Run(seeds, Template, tier, Environment.ProcessorCount, _ => { }, TestContext.Current.CancellationToken);
}
