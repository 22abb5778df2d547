using System.Text.RegularExpressions;

namespace Charlie.Lambdas.Tests;

/// <summary>The layout that the folders promise: arrows point down only, and time has one source.</summary>
public sealed partial class LayoutTests
{
    private const int LongestFile = 350;

    private static readonly string Root = FindRoot();

    /// <summary>What each folder of the product may use of the others.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Decisions"] = [],
        ["Events"] = ["Decisions"],
        ["Aws"] = ["Decisions"],
        ["Health"] = ["Decisions", "Events"],
        ["Functions"] = ["Decisions", "Events", "Aws", "Health"],
    };

    [Fact]
    public void Arrows_point_down_only()
    {
        var folders = Directory.GetDirectories(Path.Combine(Root, "src", "Charlie.Lambdas"))
            .Select(Path.GetFileName).Where(name => name is not ("bin" or "obj"));
        Assert.Equal(Arrows.Keys.Order(), folders.Order());
        foreach (var (folder, allowed) in Arrows)
        {
            var used = Sources($"src/Charlie.Lambdas/{folder}")
                .SelectMany(file => OwnNamespace().Matches(file.Text))
                .Select(match => match.Groups[1].Value)
                .Where(name => name != folder)
                .Distinct();
            Assert.Empty(used.Except(allowed));
        }
    }

    [Fact]
    public void Decisions_know_neither_AWS_nor_a_clock_nor_a_task() =>
        Assert.Empty(Sources("src/Charlie.Lambdas/Decisions").Where(file => Impure().IsMatch(file.Text)).Select(file => file.Name));

    [Fact]
    public void The_sandbox_knows_neither_the_SDK_nor_the_product() =>
        Assert.Empty(Sources("src/Charlie.Sandbox").Where(file => SdkOrProduct().IsMatch(file.Text)).Select(file => file.Name));

    [Fact]
    public void Time_comes_from_a_TimeProvider() =>
        Assert.Empty(Sources("src").Concat(Sources("standins")).Concat(Sources("bench")).Where(file => OtherClock().IsMatch(file.Text)).Select(file => file.Name));

    [Fact]
    public void Files_are_short() =>
        Assert.Empty(Sources("src").Concat(Sources("standins")).Concat(Sources("test")).Concat(Sources("bench"))
            .Where(file => file.Text.AsSpan().Count('\n') > LongestFile)
            .Select(file => file.Name));

    private static IEnumerable<(string Name, string Text)> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(name => !name.Contains("/bin/", StringComparison.Ordinal) && !name.Contains("/obj/", StringComparison.Ordinal))
            .Select(name => (name, File.ReadAllText(Path.Combine(Root, name))));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Charlie.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository: Charlie.slnx is in no folder above.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"Charlie\.Lambdas\.(\w+)\b(?!\s*;?\s*$(?<=namespace [^\n]*))", RegexOptions.Multiline)]
    private static partial Regex OwnNamespace();

    [GeneratedRegex(@"\bAmazon\b|\bTimeProvider\b|\bTask\b|\basync\b|\bDateTime(Offset)?\.(Utc)?Now\b|\bEnvironment\.")]
    private static partial Regex Impure();

    [GeneratedRegex(@"\busing Amazon\b|\bAmazon\.(EC2|AutoScaling|Lambda|Runtime)\b|\bCharlie\.(Lambdas|Cli)\b")]
    private static partial Regex SdkOrProduct();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|\bThread\.Sleep\b|\bTask\.Delay\([^,()]*\)|\bnew Stopwatch\b|\bStopwatch\.StartNew\b")]
    private static partial Regex OtherClock();
}
