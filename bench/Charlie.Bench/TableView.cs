using System.Globalization;
using System.Text.Json.Nodes;
using Charlie.Bench.Measures;
using Spectre.Console;

namespace Charlie.Bench;

/// <summary>Shows figures: medians, ranges, and how many times the first contender's.</summary>
internal static class TableView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<Figure> figures)
    {
        var contenders = figures.Select(figure => figure.Contender).Distinct().ToArray();
        var table = new Table().MarkdownBorder().AddColumn("median (min to max)");
        foreach (var contender in contenders)
        {
            table.AddColumn(new TableColumn(Markup.Escape(contender)).RightAligned());
        }

        foreach (var measure in figures.GroupBy(figure => figure.Measure))
        {
            var first = measure.FirstOrDefault(figure => figure.Contender == contenders[0]);
            table.AddRow([
                Markup.Escape($"{measure.Key}, {measure.First().Unit}"),
                .. contenders.Select(contender => Cell(measure.FirstOrDefault(figure => figure.Contender == contender), first)),
            ]);
        }

        console.Write(table);
    }

    public static JsonArray ToJson(IReadOnlyList<Figure> figures) =>
    [
        .. figures.Select(figure => new JsonObject
        {
            ["measure"] = figure.Measure,
            ["unit"] = figure.Unit,
            ["contender"] = figure.Contender,
            ["median"] = figure.Median,
            ["min"] = figure.Min,
            ["max"] = figure.Max,
            ["values"] = new JsonArray([.. figure.Values.Select(value => (JsonNode)value)]),
        }),
    ];

    private static string Cell(Figure? figure, Figure? first)
    {
        if (figure is null)
        {
            return "";
        }

        var ratio = first is null || first == figure
            ? "" : string.Create(CultureInfo.InvariantCulture, $", {figure.Median / first.Median:0.0#}x");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Round(figure.Median)} ({Round(figure.Min)} to {Round(figure.Max)}){ratio}");
    }

    private static string Round(double value) => value.ToString(value >= 100 ? "N0" : "0.0", CultureInfo.InvariantCulture);
}
