using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

/// <summary>The README is the same in both languages: its sections, commands, tables and links.</summary>
public sealed partial class ReadmeTests
{
    // What only the Portuguese one has: in English the alerts are in docs/deploying.md.
    private const string OnlyPortuguese = "\n## Os alertas\n";

    private static readonly string English = Repository.Read("README.md");
    private static readonly string Portuguese = Repository.Read("README.pt-BR.md").Split(OnlyPortuguese)[0];

    [Fact]
    public void The_sections_have_the_same_depth_in_the_same_order() => Assert.Equal(All(Heading(), English), All(Heading(), Portuguese));

    [Fact]
    public void The_commands_and_what_they_print_are_the_same() => Assert.Equal(All(Block(), English), All(Block(), Portuguese));

    [Fact]
    public void The_tables_have_the_same_rows()
    {
        var rows = All(Row(), English);
        Assert.Equal(rows, All(Row(), Portuguese));
        Assert.True(rows.Length > 20, $"{rows.Length} rows");
    }

    [Fact]
    public void The_links_lead_to_the_same_places()
    {
        // Each links to the other, and the Portuguese one to the Portuguese part of the runbook.
        string[] own = ["README.md", "README.pt-BR.md", "docs/operating.md#em-português"];
        var links = All(Link(), English).Except(own);
        Assert.Equal(links, All(Link(), Portuguese).Except(own));
        Assert.All(
            All(Link(), English + Repository.Read("README.pt-BR.md")),
            link => Assert.True(Path.Exists(Repository.PathOf(link.Split('#')[0])), link));
    }

    /// <summary>What is in code is no word of a language: it is in both, wherever the sentence has it.</summary>
    [Fact]
    public void The_same_code_is_named() =>
        Assert.Equal(All(Code(), English).Order(StringComparer.Ordinal), All(Code(), Portuguese).Order(StringComparer.Ordinal));

    private static string[] All(Regex regex, string text) => [.. regex.Matches(text).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("^(#+) ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^(```[a-z]*\n.*?\n```)$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\| (`[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("(?<!`)`([^`\n]+)`(?!`)")]
    private static partial Regex Code();
}
