using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Charlie.Sandbox.Template;

namespace Charlie.Tests;

/// <summary>What the stack's metric filters take from the lines of the reports' log, as CloudWatch does.</summary>
internal sealed partial class ReportMetrics
{
    private readonly List<Filter> filters = [];

    private ReportMetrics()
    {
    }

    /// <summary>The metrics' names.</summary>
    public IEnumerable<string> Names => filters.Select(filter => filter.Name);

    /// <param name="text">The text of serverless.template.</param>
    public static ReportMetrics Read(string text)
    {
        var template = TemplateText.Parse(text);
        var metrics = new ReportMetrics();
        foreach (var (_, resource) in template["Resources"]!.AsObject())
        {
            if ((string?)resource!["Type"] == "AWS::Logs::MetricFilter")
            {
                var properties = resource["Properties"]!;
                var whole = (string)properties["FilterPattern"]!;
                var terms = whole.Trim('{', '}').Split("&&").Select(term => Term().Match(term)).ToList();
                Assert.True(terms.TrueForAll(term => term.Success), whole);
                var metric = Assert.Single(properties["MetricTransformations"]!.AsArray())!;
                metrics.filters.Add(new Filter(
                    (string)metric["MetricName"]!,
                    [.. terms.Select(term => (term.Groups[1].Value, term.Groups[2].Value, term.Groups[3].Value))],
                    (string)metric["MetricValue"]!,
                    [.. metric["Dimensions"]!.AsArray().Select(one => (string)one!["Value"]!)]));
            }
        }

        return metrics;
    }

    /// <summary>The values of each metric, by its name.</summary>
    public ILookup<string, double> Of(IEnumerable<string> lines) =>
        (from line in lines.Select(line => JsonNode.Parse(line)!)
         from filter in filters
         where filter.Terms.All(term => Matches(At(line, term.Path), term.Operator, term.Value))
         select (filter.Name, Value: ValueOf(line, filter.Metric, filter.Dimensions))).ToLookup(one => one.Name, one => one.Value);

    private static bool Matches(JsonNode? found, string op, string value) =>
        found is not null
        && (op == ">="
            ? (double)found >= double.Parse(value, CultureInfo.InvariantCulture)
            : value.Trim('"') is "*" || value.Trim('"') == (string?)found);

    // A dimension that a line does not have would lose the metric.
    private static double ValueOf(JsonNode line, string metric, string[] dimensions)
    {
        Assert.All(dimensions, dimension => Assert.False(string.IsNullOrEmpty((string?)At(line, dimension[2..])), dimension));
        return metric.StartsWith("$.", StringComparison.Ordinal)
            ? (double)At(line, metric[2..])!
            : double.Parse(metric, CultureInfo.InvariantCulture);
    }

    private static JsonNode? At(JsonNode line, string path) =>
        path.Split('.').Aggregate((JsonNode?)line, (node, name) => (node as JsonObject)?[name]);

    private sealed record Filter(
        string Name, IReadOnlyList<(string Path, string Operator, string Value)> Terms, string Metric, string[] Dimensions);

    [GeneratedRegex(@"^ \$\.([A-Za-z.]+) (=|>=) (""[A-Za-z*]+""|[0-9]+) $")]
    private static partial Regex Term();
}
