using System.Text.Json;

namespace Charlie.Lambdas.Events;

/// <summary>
/// EventBridge's envelope, as far as Charlie needs it. Nothing in an event is trusted: a field of the wrong type reads
/// as absent, and whoever needs it says so.
/// </summary>
/// <param name="Time">When the event happened; <c>null</c> where no valid time is given.</param>
/// <param name="Detail">An object; <c>default</c> (undefined) where there is none.</param>
internal sealed record EventEnvelope(string? Source, string? DetailType, DateTimeOffset? Time, JsonElement Detail)
{
    public static EventEnvelope Read(JsonElement document) =>
        new(
            Fields.Text(document, "source"),
            Fields.Text(document, "detail-type"),
            Fields.Instant(document, "time"),
            Fields.Object(document, "detail"));

    /// <summary>
    /// The event's time, but not after <paramref name="now"/>: EventBridge takes the sender's word for it, and a later time
    /// would pass every deadline.
    /// </summary>
    /// <exception cref="InvalidEventException">The event has no valid time.</exception>
    public DateTimeOffset TimeBefore(DateTimeOffset now) =>
        Time is { } at
            ? at < now ? at : now
            : throw new InvalidEventException("time must be the event's time in ISO 8601");
}
