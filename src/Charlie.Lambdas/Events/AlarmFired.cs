using System.Text.Json;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Events;

/// <summary>
/// <c>CloudWatch Alarm State Change</c> into the state <c>ALARM</c>, of an alarm that the stack's parameter <c>BakeAlarms</c> names. One
/// that was in that state before the deployment makes no event, and is not the release's fault.
/// </summary>
internal sealed record AlarmFired(Alarm Alarm) : InboundEvent
{
    public const string Source = "aws.cloudwatch";

    public const string DetailType = "CloudWatch Alarm State Change";

    // CloudWatch's own limit of a name.
    private const int MaxName = 255;

    // Together they have to fit a rejection's tag.
    private const int MaxShownName = 64;
    private const int MaxReason = 100;

    /// <exception cref="InvalidEventException">The event names no alarm, or none that fired.</exception>
    public static AlarmFired Read(EventEnvelope envelope, DateTimeOffset now)
    {
        var detail = new DetailReader(envelope);
        var name = detail.Text("alarmName", name => name.Length is > 0 and <= MaxName, "an alarm's name");
        var state = Fields.Object(envelope.Detail, "state");
        if (Fields.Text(state, "value") != "ALARM")
        {
            throw new InvalidEventException($"detail.state.value must be 'ALARM'; it is {Fields.Show(state, "value")}");
        }

        var (reason, firedAt) = (SingleLineText.Of(Fields.Text(state, "reason") ?? "", MaxReason).Trim(), envelope.TimeBefore(now));
        var from = FirstData(Fields.Text(state, "reasonData")) is { } first && first < firedAt ? first : firedAt;
        return new AlarmFired(new Alarm(SingleLineText.Of(name, MaxShownName), reason, from, firedAt));
    }

    // JSON within the JSON; an alarm of other alarms, or of a model, has none.
    private static DateTimeOffset? FirstData(string? reasonData)
    {
        try
        {
            using var document = JsonDocument.Parse(reasonData ?? "null");
            return Fields.Instant(document.RootElement, "startDate");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
