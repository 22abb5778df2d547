using System.Text.Json.Serialization;

namespace Charlie.Lambdas.Reports;

/// <summary>What one run of a function came to. Rules match these words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
internal enum Outcome
{
    /// <summary>The event requests nothing, or nothing is left to do.</summary>
    NothingToDo,

    /// <summary>The request is invalid; nothing was changed.</summary>
    Rejected,

    /// <summary>A newer release or a rejection came before the request; nothing was changed.</summary>
    Stale,

    /// <summary>Deployments are held: a release waits, or an operator requested the hold.</summary>
    Held,

    /// <summary>A release is recorded, and deployed when instances run again.</summary>
    Recorded,

    /// <summary>An operator has taken the app out of service.</summary>
    Stopped,

    /// <summary>The group's configuration violates a precondition; nothing was changed.</summary>
    Refused,

    /// <summary>The group runs the requested release, or is being brought to it.</summary>
    AlreadyCurrent,

    /// <summary>A deployment began: a version was pinned or an instance replaced.</summary>
    Started,

    /// <summary>A new machine has prepared everything and waits at the lock; the old one is terminated.</summary>
    HandedOver,

    /// <summary>A new instance is healthy and was admitted; its release is not confirmed by that.</summary>
    InstanceReady,

    /// <summary>The release was healthy in service for the bake time. Final.</summary>
    Confirmed,

    /// <summary>The instance was abandoned because another release is the desired one.</summary>
    Superseded,

    /// <summary>The release was rejected, and its fallback is the desired one. Final.</summary>
    RolledBack,

    /// <summary>An instance was removed for an infrastructure failure; the group launches another.</summary>
    Retrying,

    /// <summary>No healthy instance of any release has been in service for long.</summary>
    Stuck,

    /// <summary>The app was down, and runs again.</summary>
    AllClear,

    /// <summary>The desired release has been neither confirmed nor rejected for long.</summary>
    Unconfirmed,

    /// <summary>The release runs on an older base than the newest, which has been there for 30 days.</summary>
    OldBase,

    /// <summary>An instance of a release that stands is sick; it is replaced, unless most of its group are sick together.</summary>
    Unhealthy,

    /// <summary>An instance failed and there is no fallback; the group launches another.</summary>
    Failed,
}
