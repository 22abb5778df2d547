using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Events;

/// <summary>
/// <c>Lambda Function Invocation Result - Success</c> with a final outcome: a report that came back as an event, and so
/// was delivered to every target of its rules.
/// </summary>
internal sealed record ReportDelivered(ReportedOutcome Outcome) : InboundEvent
{
    public const string Source = "lambda";

    public const string DetailType = "Lambda Function Invocation Result - Success";

    /// <exception cref="InvalidEventException">The report names no release, final outcome or time.</exception>
    public static ReportDelivered Read(EventEnvelope envelope)
    {
        var report = Fields.Object(envelope.Detail, "responsePayload");
        return Release.TryParse(Fields.Text(report, "release"), out var release)
            && Fields.Text(report, "outcome") is { } outcome
            && Enum.TryParse<FinalOutcomeKind>(outcome, out var kind)
            && kind.ToString() == outcome
            && Iso8601.Read(Fields.Text(report, "endedAt")) is { } at
                ? new ReportDelivered(new ReportedOutcome(release, kind, at))
                : throw new InvalidEventException(
                    $"responsePayload must name release ({Fields.Show(report, "release")}),"
                    + $" outcome ({Fields.Show(report, "outcome")}) and endedAt ({Fields.Show(report, "endedAt")})");
    }
}
