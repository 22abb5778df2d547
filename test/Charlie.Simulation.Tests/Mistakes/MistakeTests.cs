using System.Globalization;

namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>
/// Deliberate mistakes, each made in a copy of the product. Each has to be found within a number of seeds: a simulation
/// that passes whatever the product does proves nothing.
/// </summary>
public sealed class MistakeTests
{
    public static TheoryData<string> Names => [.. MistakeTable.All.Select(mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_found(string name)
    {
        var mistake = MistakeTable.All.Single(mistake => mistake.Name == name);
        var mutated = new MutatedProduct(mistake);
        for (var seed = 1; seed <= mistake.Within; seed++)
        {
            if (mutated.Play(seed, Runs.Template) is { } broken)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{name} | {seed} | {broken}");
                return;
            }
        }

        Assert.Fail($"Not found within {mistake.Within} seeds: {name}.");
    }

    [Fact]
    public void The_table_for_people_names_the_same_mistakes()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "simulation.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 4 && int.TryParse(cells[2], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(cells => $"{cells[1]}: {cells[2]}");

        Assert.Equal(MistakeTable.All.Select(mistake => $"{mistake.Name}: {mistake.Within}"), rows);
    }

    [Fact]
    public void The_same_copy_without_a_mistake_breaks_nothing()
    {
        var copy = new MutatedProduct(new Mistake("none", 3));
        Assert.All(Enumerable.Range(1, 3), seed => Assert.Null(copy.Play(seed, Runs.Template)));
    }
}
