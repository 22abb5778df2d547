using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Reports;

/// <summary>
/// What a function returns: the event that notifications and programs get. Fields that do not apply are left out.
/// </summary>
internal sealed record DeploymentReport
{
    public required Outcome Outcome { get; init; }

    public required string App { get; init; }

    public required string Group { get; init; }

    public string? Release { get; init; }

    public string? InstanceId { get; init; }

    /// <summary>The release's image, <c>repository@sha256:digest</c>.</summary>
    public string? Image { get; init; }

    /// <summary>The fallback's image, or the replaced one.</summary>
    public string? PreviousImage { get; init; }

    /// <summary>The release's launch template version.</summary>
    public long? Version { get; init; }

    public long? PipelineId { get; init; }

    public long? JobId { get; init; }

    public string? PipelineUrl { get; init; }

    public string? Commit { get; init; }

    public long? ProjectId { get; init; }

    /// <inheritdoc cref="PushNotes.Tag"/>
    public string? Tag { get; init; }

    /// <inheritdoc cref="PushNotes.CommitTitle"/>
    public string? CommitTitle { get; init; }

    /// <inheritdoc cref="PushNotes.CommitAuthor"/>
    public string? CommitAuthor { get; init; }

    /// <inheritdoc cref="PushNotes.DeploymentId"/>
    public long? DeploymentId { get; init; }

    public string? Reason { get; init; }

    /// <summary>
    /// Of a final outcome, its record tag's time: it tells which of two outcomes of a release came last
    /// (<c>2026-11-22T14:05:06.789Z</c>).
    /// </summary>
    public string? EndedAt { get; init; }

    public DeploymentTimings? Timings { get; init; }

    /// <summary>Whether people are to read it; the rules of the alerts match it.</summary>
    public bool Notify { get; init; }

    /// <summary>Of what repeats, which time in a row it is, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>Of a request that was not done: what was requested, as a sentence names it.</summary>
    public string? Request { get; init; }

    /// <summary>Of a rollback: the release that is the desired one instead.</summary>
    public string? Fallback { get; init; }

    /// <summary>The tag of its image.</summary>
    public string? FallbackTag { get; init; }

    /// <summary>
    /// Of what lasts, since when: no healthy instance (Stuck, AllClear), neither confirmed nor rejected (Unconfirmed), a newer base
    /// (OldBase).
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>
    /// Of Stuck and AllClear: from the sweep that first found no healthy instance in service to this report. A sweep runs once a minute.
    /// </summary>
    public double? SecondsOutOfService { get; init; }

    /// <summary>
    /// Of a decision about an instance: how many probes of the deciding run did not find it healthy with its version's image, those
    /// of its boot included.
    /// </summary>
    public int? FailedProbes { get; init; }

    /// <summary>Of an old base: the newest base's version.</summary>
    public long? BaseVersion { get; init; }

    /// <summary>Of a hold: whose it is, <c>operator</c> or <c>window</c>.</summary>
    public string? HeldBy { get; init; }

    /// <summary>Of a hold: its end; left out where only a resume ends it.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Of a hold: the release that stays.</summary>
    public string? Stays { get; init; }

    /// <summary>Of a sick instance: whether it is replaced.</summary>
    public bool? IsReplaced { get; init; }

    /// <summary>Of a rollback in a handover: the old instance runs the app still; left out otherwise.</summary>
    public bool? NeverStopped { get; init; }

    /// <summary>
    /// Of a release that is brought into service or came to its end, the pushes that it overtook; left out where there are none.
    /// </summary>
    public IReadOnlyList<OvertakenPush>? Overtaken { get; init; }

    /// <summary>One sentence for an operator.</summary>
    public required string Summary { get; init; }
}

/// <summary>A push that was neither confirmed nor rejected when another took its place.</summary>
internal sealed record OvertakenPush(
    string Release, long ProjectId, string Commit, long PipelineId, string PipelineUrl, long? DeploymentId)
{
    /// <returns>Those that a pipeline pushed; <c>null</c> where there are none.</returns>
    public static OvertakenPush[]? Of(IEnumerable<ReleaseVersion> overtaken)
    {
        OvertakenPush[] pushes =
        [
            .. from version in overtaken
               where version is { ProjectId: not null, Commit: not null, PipelineUrl: not null }
               select new OvertakenPush(
                   version.Release.ToString(),
                   version.ProjectId!.Value,
                   version.Commit!,
                   version.Release.PipelineId,
                   version.PipelineUrl!,
                   version.Notes.DeploymentId),
        ];
        return pushes.Length > 0 ? pushes : null;
    }
}

/// <summary>When each step of a deployment was done, as far as the reporting function knows (UTC).</summary>
internal sealed record DeploymentTimings
{
    public DateTimeOffset? PushedAt { get; init; }

    public DateTimeOffset? PinnedAt { get; init; }

    public DateTimeOffset? TerminatedAt { get; init; }

    public DateTimeOffset? LaunchedAt { get; init; }

    public DateTimeOffset? FirstHealthyAt { get; init; }

    public DateTimeOffset? InServiceAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>From the push to the instance's entry into service: for metrics, which take numbers.</summary>
    public double? SecondsToInService => (InServiceAt - PushedAt)?.TotalSeconds;

    /// <summary>From the push to the confirmation.</summary>
    public double? SecondsToConfirmed => (ConfirmedAt - PushedAt)?.TotalSeconds;
}
