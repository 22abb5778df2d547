using System.Text.RegularExpressions;

namespace Charlie.Lambdas.Tests;

/// <summary>What no test of any project may do, because it would fail on another machine, on a busy one, or at another time.</summary>
public sealed partial class TestLayoutTests
{
    /// <summary>Else it would fail, not be skipped, on a machine without the program.</summary>
    [Fact]
    public void Programs_are_started_by_Tool_only() =>
        Assert.Equal(["test/Shared/Tool.cs"], Files(Start()));

    /// <summary>Else a failure could not be repeated.</summary>
    [Fact]
    public void Random_numbers_have_a_seed_that_is_known() => Assert.Empty(Files(ClockSeed()));

    private static IEnumerable<string> Files(Regex what) =>
        LayoutTests.Sources("test").Where(file => what.IsMatch(file.Text)).Select(file => file.Name)
            .Where(name => name != "test/Charlie.Lambdas.Tests/TestLayoutTests.cs");

    [GeneratedRegex(@"\bProcess\.Start\b|\bnew Process\b|\bProcess \w+ = new\(")]
    private static partial Regex Start();

    [GeneratedRegex(@"\bnew Random\(\)|\bRandom\.Shared\b|\bTickCount(64)?\b|\bnew Random\([^)]*(Now|Timestamp|Ticks|HashCode)|\bRandomNumberGenerator\.Get")]
    private static partial Regex ClockSeed();
}
