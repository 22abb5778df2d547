using System.Text.RegularExpressions;
using Charlie.EndToEnd.Tests.Operating;

namespace Charlie.EndToEnd.Tests.Web;

/// <summary>What holds for every file of the page, without a browser.</summary>
public sealed partial class PageFilesTests
{
    private const int MaxColumns = 140;
    private const int MaxLines = 350;

    private static readonly string Folder = Path.Combine(Golden.Root(), "src", "Charlie.Cli", "Web", "Page");

    [Fact]
    public void No_file_refers_to_another_server() =>
        Assert.Empty(Files().SelectMany(file => Address().Matches(file.Text).Select(match => $"{file.Name}: {match.Value}")));

    /// <summary>A file that is imported and not there shows an empty page.</summary>
    [Fact]
    public void Every_import_and_every_link_names_a_file()
    {
        var names = Files().Select(file => file.Name).ToHashSet();
        var named = Files().SelectMany(file => Import().Matches(file.Text)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.Contains("dom.js", named);
        Assert.Empty(named.Except(names));
    }

    [Fact]
    public void No_text_is_read_as_HTML() =>
        Assert.Empty(Files().Where(file => Html().IsMatch(file.Text)).Select(file => file.Name));

    [Fact]
    public void Files_and_lines_are_short()
    {
        Assert.Empty(Files().SelectMany(file => file.Text.Split('\n').Index()
            .Where(line => line.Item.Length > MaxColumns)
            .Select(line => $"{file.Name}:{line.Index + 1}")));
        Assert.Empty(Files().Where(file => file.Text.AsSpan().Count('\n') > MaxLines).Select(file => file.Name));
    }

    /// <summary>A key that one language lacks would show <c>undefined</c>.</summary>
    [Fact]
    public void Both_languages_have_the_same_keys() => Assert.Equal(Keys("english.js"), Keys("portuguese.js"));

    private static List<string> Keys(string name) =>
        [.. Key().Matches(Files().Single(file => file.Name == name).Text).Select(match => match.Groups[1].Value.Trim('\''))];

    private static IEnumerable<(string Name, string Text)> Files() =>
        Directory.EnumerateFiles(Folder).Select(path => (Path.GetFileName(path), File.ReadAllText(path)));

    // The namespace of SVG is a name and no address.
    [GeneratedRegex(@"(https?:)?//(?!www\.w3\.org/2000/svg)[a-z0-9][a-z0-9.-]*\.[a-z]{2,}")]
    private static partial Regex Address();

    [GeneratedRegex("""(?:from '\./|(?:src|href)(?:="|: ')/_console/)([a-z.]+)""")]
    private static partial Regex Import();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")]
    private static partial Regex Html();

    [GeneratedRegex(@"(?<=[{,]\s*)('[a-z-]+'|[A-Za-z0-9]+): ")]
    private static partial Regex Key();
}
