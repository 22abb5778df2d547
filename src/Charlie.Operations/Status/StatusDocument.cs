using System.Text.Json.Serialization;
using Charlie.Operations.Releases;

namespace Charlie.Operations.Status;

/// <summary>In one word how an app is.</summary>
internal enum AppState
{
    /// <summary>The desired release is confirmed and runs on as many instances as it should.</summary>
    InSync,

    /// <summary>The desired release is neither confirmed nor rejected yet.</summary>
    Deploying,

    /// <summary>The desired release is confirmed, and instances of it are missing or others are left.</summary>
    Replacing,

    /// <summary>No healthy instance is in service although one should be.</summary>
    Down,

    /// <summary>The group violates a precondition; nothing is deployed.</summary>
    Refused,

    /// <summary>An operator has taken the app out of service.</summary>
    Stopped,

    /// <summary>The group's desired capacity is 0.</summary>
    Closed,
}

/// <summary>What runs, what should run and why, for a person or a program.</summary>
/// <param name="Shape">The version of this shape; a member is only added to it without a new one.</param>
/// <param name="WhyDesired">Why that release is the desired one.</param>
/// <param name="Violation">The precondition that the group violates, and what to do.</param>
/// <param name="LastActivity">The group's last activity in its own words; read while the app is down.</param>
/// <param name="RollbackTo">Where a rollback of the desired release would go.</param>
internal sealed record StatusDocument(
    int Shape,
    string App,
    string Group,
    DateTimeOffset At,
    AppState State,
    ReleaseDocument Desired,
    string WhyDesired,
    int DesiredCapacity,
    IReadOnlyList<InstanceDocument> Instances,
    HoldDocument? Hold,
    IReadOnlyList<ReleaseDocument> Waiting,
    RequestDocument? Stopped,
    RequestDocument? Restart,
    AttemptsDocument? Attempts,
    DateTimeOffset? DownSince,
    string? Violation,
    string? LastActivity,
    ReleaseDocument? LastOutcome,
    string? RollbackTo,
    int RecordTags)
{
    /// <summary>What <see cref="WhyDesired"/> says, for other languages; <c>null</c> where the document was read from text.</summary>
    [JsonIgnore]
    public DesiredReason? DesiredBecause { get; init; }

    /// <summary>How many instances are in service with the desired release.</summary>
    public int InService => Instances.Count(instance => instance.State == "InService" && instance.Release == Desired.Release);
}

/// <param name="State">Auto Scaling's own word.</param>
/// <param name="Release">Its release; <c>null</c> where its launch template version is not Charlie's.</param>
/// <param name="Probe">Its response to a probe from here; <c>null</c> where this machine does not reach it.</param>
internal sealed record InstanceDocument(
    string Id, string State, string? Release, DateTimeOffset? LaunchedAt, DateTimeOffset? InServiceAt, string? Address, string? Probe);

/// <param name="Release">No release above it is deployed.</param>
/// <param name="Until">Its own end; <c>null</c>: until a resume.</param>
internal sealed record HoldDocument(string Holder, string Release, DateTimeOffset From, DateTimeOffset? Until, string Reason);

internal sealed record RequestDocument(DateTimeOffset At, string Reason);

/// <param name="Count">Machines in a row that could not run the desired release.</param>
internal sealed record AttemptsDocument(int Count, string LastFailure, DateTimeOffset FirstLaunch);
