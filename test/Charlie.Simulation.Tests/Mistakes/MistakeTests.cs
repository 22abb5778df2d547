using System.Globalization;

namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>
/// Deliberate mistakes, each made in a copy of the product. Each has to be found within a number of seeds: a simulation
/// that passes whatever the product does proves nothing.
/// </summary>
public sealed class MistakeTests
{
    public static TheoryData<string> Names => [.. MistakeTable.All.Select(mistake => mistake.Name)];

    [LongTheory]
    [MemberData(nameof(Names))]
    public void Each_is_found_within_its_seeds(string name)
    {
        var mistake = MistakeTable.All.Single(mistake => mistake.Name == name);
        var (mutated, template) = (new MutatedProduct(mistake), Runs.Document);
        foreach (var seed in KnownSeeds.First(mistake))
        {
            if (mutated.Run(seed, template) is { } broken)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"[\"{name}\"] = {seed}, // {broken}");
                return;
            }
        }

        Assert.Fail($"Not found within {mistake.Within} seeds: {name}.");
    }

    [Fact]
    public void The_documented_table_names_the_same_mistakes()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "simulation.md"))
            .SkipWhile(line => line != "| mistake | found within |")
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 4 && int.TryParse(cells[2], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(cells => $"{cells[1]}: {cells[2]}");

        Assert.Equal(MistakeTable.All.Select(mistake => $"{mistake.Name}: {mistake.Within}"), rows);
    }

    [Fact]
    public void The_copy_without_a_mistake_violates_nothing()
    {
        var (copy, template) = (new MutatedProduct(new Mistake("none", 3)), Runs.Document);
        Assert.All(Enumerable.Range(1, 3), seed => Assert.Null(copy.Run(seed, template)));
    }
}
