namespace Charlie.Sandbox.Events;

/// <summary>The hooks for faults on an event's way; one that is not set causes no fault. All are called under the cloud's lock.</summary>
public sealed class EventFaults
{
    /// <summary>Called for each event that is put: <c>true</c> loses the event after it was acknowledged.</summary>
    public Func<BusEvent, bool>? Drop { get; set; }

    /// <summary>Called once for each event and target: the time between the match and the first delivery.</summary>
    public Func<BusEvent, TimeSpan>? Delay { get; set; }

    /// <summary>
    /// Called with the payload of each event that Lambda accepts: <c>true</c> runs it twice, as at-least-once
    /// delivery may.
    /// </summary>
    public Func<string, bool>? Duplicate { get; set; }

    /// <summary>The same, called with the name of the function that is to run.</summary>
    public Func<string, bool>? DuplicateFor { get; set; }
}
