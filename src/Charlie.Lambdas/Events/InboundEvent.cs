namespace Charlie.Lambdas.Events;

/// <summary>
/// An event that a function was invoked with, checked field by field. One file an event; <see cref="EventParser"/> knows
/// them by source and detail-type.
/// </summary>
internal abstract record InboundEvent
{
    private protected InboundEvent()
    {
    }
}

/// <summary>The schedule's event: once a minute, to each function.</summary>
internal sealed record ScheduledSweep : InboundEvent;

/// <summary>An event of a kind that no function knows.</summary>
internal sealed record UnknownEvent(string? Source, string? DetailType) : InboundEvent;

/// <summary>An event of a known kind whose detail cannot be used.</summary>
internal sealed record InvalidEvent(string? DetailType, string Reason) : InboundEvent;

/// <summary>A field of an event that is missing or has a value that is not allowed; its message says what is.</summary>
internal sealed class InvalidEventException(string message) : Exception(message);
