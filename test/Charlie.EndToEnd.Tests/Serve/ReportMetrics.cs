using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Charlie.EndToEnd.Tests.Operating;
using Charlie.Sandbox.Template;

namespace Charlie.EndToEnd.Tests.Serve;

/// <summary>What the stack's metric filters take from the lines of the reports' log, as CloudWatch does.</summary>
internal sealed partial class ReportMetrics
{
    private readonly List<(string Name, string Path, string Operator, string Value, string Metric, string[] Dimensions)> filters = [];

    private ReportMetrics()
    {
    }

    public static async Task<ReportMetrics> ReadAsync()
    {
        var template = TemplateText.Parse(await File.ReadAllTextAsync(Path.Combine(Golden.Root(), "serverless.template")));
        var metrics = new ReportMetrics();
        foreach (var (_, resource) in template["Resources"]!.AsObject())
        {
            if ((string?)resource!["Type"] == "AWS::Logs::MetricFilter")
            {
                var properties = resource["Properties"]!;
                var pattern = Pattern().Match((string)properties["FilterPattern"]!);
                Assert.True(pattern.Success, $"{properties["FilterPattern"]}");
                var metric = Assert.Single(properties["MetricTransformations"]!.AsArray())!;
                metrics.filters.Add((
                    (string)metric["MetricName"]!, pattern.Groups[1].Value, pattern.Groups[2].Value, pattern.Groups[3].Value,
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
         where Matches(At(line, filter.Path), filter.Operator, filter.Value)
         select (filter.Name, Value: ValueOf(line, filter.Metric, filter.Dimensions))).ToLookup(one => one.Name, one => one.Value);

    private static bool Matches(JsonNode? found, string op, string value) =>
        found is not null && (op == "=" ? value == "\"*\"" : (double)found >= double.Parse(value, CultureInfo.InvariantCulture));

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

    [GeneratedRegex(@"^\{ \$\.([A-Za-z.]+) (=|>=) (""\*""|[0-9]+) \}$")]
    private static partial Regex Pattern();
}
