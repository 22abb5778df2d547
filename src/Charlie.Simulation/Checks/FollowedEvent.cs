using System.Globalization;
using System.Text.Json.Nodes;
using Charlie.Lambdas.Reports;
using Charlie.Simulation.Environments;

namespace Charlie.Simulation.Checks;

/// <summary>An event of CI, of an operator or of an alarm that reached Refresh, and the report that Refresh ended with.</summary>
internal sealed record FollowedEvent(
    string Source, string DetailType, DateTimeOffset At, JsonObject Detail, DeploymentReport Report)
{
    private const string OfOperators = "charlie.ops";

    private static readonly string[] Sources = ["charlie.ci", "aws.cloudwatch", OfOperators];

    public bool IsOfOperator => Source == OfOperators;

    public Outcome Outcome => Report.Outcome;

    /// <summary>Reads what a function was invoked with; <c>null</c> where it was another event.</summary>
    public static FollowedEvent? Read(FunctionRun run, DeploymentReport report)
    {
        var read = run.Event;
        if (read["detail"]?["requestPayload"] is JsonObject failed)
        {
            // An event whose run failed is run again.
            read = failed;
        }

        return (string?)read["source"] is { } source && Sources.Contains(source) && read["detail"] is JsonObject detail
            ? new FollowedEvent(
                source,
                (string)read["detail-type"]!,
                DateTimeOffset.Parse((string)read["time"]!, CultureInfo.InvariantCulture),
                detail,
                report)
            : null;
    }

    public string? Text(string field) => (string?)Detail[field];

    /// <summary>As a violation names it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{DetailType} of {At:HH:mm:ss}, answered {Outcome} ({Report.Reason})");
}
