using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Events;

/// <summary>
/// <c>Lambda Function Invocation Result - Success</c> with an end in it: a report that came back as an event, and so
/// reached everybody that a rule sends it to.
/// </summary>
internal static class DepartedReport
{
    public const string Source = "lambda";

    public const string DetailType = "Lambda Function Invocation Result - Success";

    /// <exception cref="InvalidEventException">The report names no release, end or time.</exception>
    public static ReportedMark Read(EventEnvelope envelope)
    {
        var report = Fields.Object(envelope.Detail, "responsePayload");
        return Release.TryParse(Fields.Text(report, "release"), out var release)
            && Enum.TryParse<EndKind>(Fields.Text(report, "outcome"), out var kind)
            && Instants.Read(Fields.Text(report, "endedAt")) is { } at
                ? new ReportedMark(release, kind, at)
                : throw new InvalidEventException(
                    $"responsePayload must name release ({Fields.Show(report, "release")}), outcome ({Fields.Show(report, "outcome")}) and endedAt ({Fields.Show(report, "endedAt")})");
    }
}
