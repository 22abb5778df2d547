using System.Text.RegularExpressions;

namespace Charlie.Lambdas.Tests;

/// <summary>The layout that the folders promise: arrows point down only.</summary>
public sealed partial class LayoutTests
{
    private const int MaxLines = 350;
    private const int MaxColumns = 140;

    internal static readonly string Root = FindRoot();

    private static readonly string[] ShortLined = ["src", "standins", "test", "bench"];

    /// <summary>What each folder of the product may use of the others; what lies in no folder composes them.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Text"] = [],
        ["Decisions"] = ["Text"],
        ["Events"] = ["Decisions", "Text"],
        ["Aws"] = ["Decisions", "Text"],
        ["Health"] = ["Decisions", "Text"],
        ["Reports"] = ["Decisions", "Text"],
        ["Notifications"] = ["Decisions", "Events", "Reports", "Text"],
        ["GitLab"] = ["Aws", "Reports", "Text"],
        ["Functions"] = ["Text", "Decisions", "Events", "Aws", "Health", "Reports", "Notifications", "GitLab"],
    };

    [Fact]
    public void Arrows_between_folders_point_down_only()
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
            Assert.Empty(used.Except(allowed).Select(name => $"{folder} uses {name}"));
        }
    }

    [Fact]
    public void Settings_and_the_composition_are_known_to_no_folder()
    {
        Assert.Empty(Users(SettingsType()));
        Assert.Empty(Users(CompositionType()));

        static IEnumerable<string> Users(Regex type) =>
            Arrows.Keys.Where(folder => Sources($"src/Charlie.Lambdas/{folder}").Any(file => type.IsMatch(file.Text)))
                .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Decisions_know_neither_AWS_nor_a_clock_nor_a_task() =>
        Assert.Empty(Sources("src/Charlie.Lambdas/Decisions").Where(file => Impure().IsMatch(file.Text)).Select(file => file.Name));

    [Fact]
    public void The_sandbox_knows_neither_the_SDK_nor_the_product() =>
        Assert.Empty(Sources("src/Charlie.Sandbox").Where(file => SdkOrProduct().IsMatch(file.Text)).Select(file => file.Name));

    [Fact]
    public void Files_are_short() =>
        Assert.Empty(Sources("src").Concat(Sources("standins")).Concat(Sources("test")).Concat(Sources("bench"))
            .Where(file => file.Text.AsSpan().Count('\n') > MaxLines)
            .Select(file => file.Name));

    [Fact]
    public void Lines_are_short() =>
        Assert.Empty(ShortLined.SelectMany(Sources)
            .SelectMany(file => file.Text.Split('\n').Index()
                .Where(line => line.Item.Length > MaxColumns && !LongText().IsMatch(line.Item))
                .Select(line => $"{file.Name}:{line.Index + 1}")));

    internal static IEnumerable<(string Name, string Text)> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(name => !name.Contains("/bin/", StringComparison.Ordinal) && !name.Contains("/obj/", StringComparison.Ordinal))
            .Select(name => (name, File.ReadAllText(Path.Combine(Root, name))));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Charlie.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException(
                "The tests run outside the repository: Charlie.slnx is in no folder above.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"Charlie\.Lambdas\.(\w+)\b(?!\s*;?\s*$(?<=namespace [^\n]*))", RegexOptions.Multiline)]
    private static partial Regex OwnNamespace();

    [GeneratedRegex(@"\bSettings\b(?!Exception)")]
    private static partial Regex SettingsType();

    [GeneratedRegex(@"\bComposition\b")]
    private static partial Regex CompositionType();

    [GeneratedRegex(@"\bAmazon\b|\bTimeProvider\b|\bTask\b|\basync\b|\bDateTime(Offset)?\.(Utc)?Now\b|\bEnvironment\.")]
    private static partial Regex Impure();

    [GeneratedRegex(@"\busing Amazon\b|\bAmazon\.(EC2|AutoScaling|Lambda|Runtime)\b|\bCharlie\.(Lambdas|Cli)\b")]
    private static partial Regex SdkOrProduct();

    // A message or a test's case is one line, so that it can be searched for.
    [GeneratedRegex("\"\"\"|\"[^\"]{60,}\"|^ *\\[InlineData|^ *\"|^#pragma")]
    private static partial Regex LongText();
}
