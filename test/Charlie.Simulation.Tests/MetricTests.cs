using System.Text.Json.Nodes;
using Charlie.Simulation.Environments;
using Charlie.Tests;

namespace Charlie.Simulation.Tests;

/// <summary>The stack's metric filters find what the functions report, in the lines that its rule keeps of some runs.</summary>
public sealed class MetricTests
{
    private const int Seeds = 8;

    [Fact]
    public void Every_filter_finds_its_figures_in_the_lines_of_a_run()
    {
        var metrics = ReportMetrics.Read(Runs.Template);
        var lines = Enumerable.Range(1, Seeds).SelectMany(LinesOf).ToList();
        var found = metrics.Of(lines);
        Assert.Empty(metrics.Names.Except(found.Select(metric => metric.Key)));
        Assert.Equal(lines.Count, found["Reports"].Count());
        Assert.All(metrics.Names, name => Assert.All(found[name], value => Assert.InRange(value, 0, double.MaxValue)));

        // What is down for a while and what fails for a while is seen in numbers too.
        Assert.Contains(found["SecondsOutOfService"], seconds => seconds > 30);
        Assert.Contains(found["FailedProbes"], count => count > 3);
        Assert.Contains(found["Attempts"], attempt => attempt > 1);
        var ends = lines.Select(line => JsonNode.Parse(line)!["detail"]!["responsePayload"]!)
            .Where(report => (string?)report["outcome"] == "AllClear");
        Assert.Equal(ends.Select(report => (double)report["secondsOutOfService"]!), found["SecondsOutOfService"]);
    }

    private static IEnumerable<string> LinesOf(int seed)
    {
        SimulatedEnvironment? environment = null;
        Runs.Run(seed, started => environment = started);
        return environment!.Logs.Events(environment.Stack.Outputs["ReportLogGroup"])!.Select(kept => kept.Message);
    }
}
