using System.Globalization;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Events;

/// <summary><c>Hold Requested</c> of <c>charlie.ops</c>: no new release is deployed for a time, or until a resume.</summary>
internal sealed record HoldRequested(HoldRequest Hold) : OperatorRequest(Hold, DetailType)
{
    public const string DetailType = "Hold Requested";

    // More than a year ahead is a typing error.
    private static readonly TimeSpan MaxLength = TimeSpan.FromDays(366);

    /// <exception cref="InvalidEventException">A field is missing or has a value that is not allowed.</exception>
    public static HoldRequested Read(EventEnvelope envelope, AllowedOrigin allowed, DateTimeOffset now)
    {
        var detail = DetailOf(envelope, allowed);
        var (reason, at) = (ReasonOf(detail), envelope.TimeBefore(now));
        return new HoldRequested(new HoldRequest(HolderOf(detail), UntilOf(detail, at), reason, at));
    }

    private static DateTimeOffset? UntilOf(DetailReader detail, DateTimeOffset at)
    {
        if (detail.Has("until") && detail.Has("for"))
        {
            throw new InvalidEventException("detail must have until or for, not both");
        }

        return detail.Has("until")
                ? detail.Instant(
                    "until", until => until > at && until - at <= MaxLength, "a time within a year after the event's, with its zone")
            : detail.Has("for")
                ? at + LengthOf(detail.Text("for", value => LengthOf(value) is not null, "a length such as 90m, 8h or 3d, at most a year"))
            : null;
    }

    private static TimeSpan? LengthOf(string value)
    {
        var unit = value is [.., var last] ? last switch { 'm' => 1, 'h' => 60, 'd' => 24 * 60, _ => 0 } : 0;
        return unit > 0
            && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && number <= MaxLength.TotalMinutes / unit
                ? TimeSpan.FromMinutes(number * unit)
                : null;
    }
}
