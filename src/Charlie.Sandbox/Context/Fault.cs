using System.Text.Json.Serialization;

namespace Charlie.Sandbox.Context;

/// <summary>What goes wrong.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultAction>))]
public enum FaultAction
{
    /// <summary>The caller's process dies and its connection breaks without a response.</summary>
    [JsonStringEnumMemberName("kill")]
    Kill,

    /// <summary>AWS responds that the caller is over its rate.</summary>
    [JsonStringEnumMemberName("throttle")]
    Throttle,

    /// <summary>AWS responds that it failed itself.</summary>
    [JsonStringEnumMemberName("error500")]
    Error500,

    /// <summary>An event of a service is lost before the default bus sees it.</summary>
    [JsonStringEnumMemberName("drop-event")]
    DropEvent,
}

/// <summary>On which side of the call's effect the fault is injected.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultMoment>))]
public enum FaultMoment
{
    [JsonStringEnumMemberName("before")]
    Before,

    [JsonStringEnumMemberName("after")]
    After,
}

/// <summary>One armed fault.</summary>
/// <param name="Action">What goes wrong.</param>
/// <param name="Caller">Into whose call it is injected: a function's name or an access key; not for a dropped event.</param>
/// <param name="Call">Which of the caller's calls since arming, from 1.</param>
/// <param name="When">Before or after the call's effect.</param>
/// <param name="DetailType">Which events are dropped.</param>
/// <param name="Times">How many events are dropped.</param>
public sealed record Fault(
    FaultAction Action,
    string? Caller = null,
    int Call = 1,
    FaultMoment When = FaultMoment.Before,
    string? DetailType = null,
    int Times = 1)
{
    /// <summary>What is wrong with it, as a sentence for an operator; <c>null</c> if nothing is.</summary>
    public string? Violation() => Action switch
    {
        FaultAction.DropEvent when string.IsNullOrEmpty(DetailType) =>
            "drop-event needs detailType, the detail-type of the events to drop.",
        FaultAction.DropEvent when Times < 1 => "times must be at least 1.",
        FaultAction.DropEvent => null,
        _ when string.IsNullOrEmpty(Caller) => "caller must name a function or an access key.",
        _ when Call < 1 => "call counts from 1.",
        _ => null,
    };
}
