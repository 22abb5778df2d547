using System.Text.Json.Serialization;

namespace Charlie.Lambdas.Events;

/// <summary>How one run of a function ended. Rules match these words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
internal enum Outcome
{
    /// <summary>Nothing was asked for, or nothing is left to do.</summary>
    NothingToDo,

    /// <summary>The request is invalid; nothing was changed.</summary>
    Rejected,

    /// <summary>The request was overtaken by a newer release or a rollback; nothing was changed.</summary>
    Stale,

    /// <summary>The group is set up in a way that Charlie cannot work with; nothing was changed.</summary>
    Refused,

    /// <summary>The group runs, or is on its way to, what was asked for.</summary>
    AlreadyCurrent,

    /// <summary>A deployment began: something was pinned or replaced.</summary>
    Started,

    /// <summary>A new instance proved itself and was let in; its release is not confirmed by that.</summary>
    InstanceReady,

    /// <summary>The release proved itself in service for the bake time. An end.</summary>
    Confirmed,

    /// <summary>The instance was given up because another release should run.</summary>
    Superseded,

    /// <summary>The release was rejected, and the one before it comes back. An end.</summary>
    RolledBack,

    /// <summary>An instance was given up for its machine's fault; the group tries again.</summary>
    Retrying,

    /// <summary>What should run has had no instance for long.</summary>
    Stuck,

    /// <summary>An instance failed and there is nothing to go back to; the group tries again.</summary>
    Failed,
}
