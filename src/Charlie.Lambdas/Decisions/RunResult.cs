using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>What one run of a function came to. The report is written from it, without any further choice.</summary>
internal abstract record RunResult
{
    private RunResult()
    {
    }

    internal sealed record NothingToDo(string Why) : RunResult;

    /// <summary>The request is invalid.</summary>
    /// <param name="Request">What was requested, as a sentence names it.</param>
    /// <param name="Push">The push that it was; <c>null</c> for any other request.</param>
    internal sealed record Rejected(string Request, string Reason, Push? Push = null) : RunResult;

    /// <param name="IsDuplicate">
    /// Its release is recorded: it was accepted before, and nobody has to be notified. Every other stale push is a deployment
    /// that somebody waits for.
    /// </param>
    internal sealed record StalePush(Push Push, string Reason, bool IsDuplicate = false) : RunResult;

    /// <summary>A request that came too late.</summary>
    /// <param name="Request">What was requested, as a sentence names it.</param>
    /// <param name="Release">The release that it was about; <c>null</c> where it was about none.</param>
    internal sealed record StaleRequest(string Request, string Reason, Release? Release = null) : RunResult;

    /// <summary>Deployments are held: a request to do so was recorded, a push waits, or the hold has no end.</summary>
    /// <param name="Desired">The release that stays.</param>
    /// <param name="Push">The push that waits; <c>null</c> where none was made.</param>
    internal sealed record Held(Hold Hold, Release Desired, Push? Push = null) : RunResult;

    /// <summary>A push is recorded; it is deployed and judged when instances run again.</summary>
    internal sealed record Recorded(ReleaseVersion Version, string Why) : RunResult;

    /// <summary>An operator has taken the app out of service.</summary>
    internal sealed record AppStopped(Stopped Stopped, Release Desired) : RunResult;

    internal sealed record Refused(Release Release, string Reason) : RunResult;

    /// <summary>No healthy instance of any release is in service, although the group should have one.</summary>
    internal sealed record Stuck(DesiredRelease Desired, DateTimeOffset Since, string? LastActivity, DateTimeOffset At) : RunResult;

    /// <summary>The app was down, and runs again.</summary>
    /// <param name="At">When a sweep found it healthy.</param>
    /// <param name="WasTold">Whether people were told that it was down.</param>
    internal sealed record AllClear(DesiredRelease Desired, DateTimeOffset DownSince, DateTimeOffset At, bool WasTold) : RunResult;

    /// <summary>The desired release is neither confirmed nor rejected, long after its deadline.</summary>
    internal sealed record Unconfirmed(DesiredRelease Desired, DateTimeOffset FirstLaunch) : RunResult;

    /// <summary>The desired release runs on an older base than the newest, which has been there for long.</summary>
    internal sealed record OldBase(ReleaseVersion Version, ReleaseVersion Newest) : RunResult;

    /// <param name="Note">What a rollback request changed although the group runs its fallback already.</param>
    internal sealed record AlreadyCurrent(ReleaseVersion Version, string? Note = null) : RunResult
    {
        /// <inheritdoc cref="OvertakenPushes"/>
        public ImmutableArray<ReleaseVersion> Overtaken { get; init; } = [];
    }

    internal sealed record Started(
        ReleaseVersion Version, string? PreviousImage, string Reason, ImmutableArray<DoneAction> Done) : RunResult
    {
        /// <summary>Whether an operator requested it, who is answered whatever came of it.</summary>
        public bool IsRequested { get; init; }

        /// <inheritdoc cref="OvertakenPushes"/>
        public ImmutableArray<ReleaseVersion> Overtaken { get; init; } = [];
    }

    /// <summary>A new machine has prepared everything, and the old one is terminated.</summary>
    /// <param name="Trader">The old instance.</param>
    internal sealed record HandedOver(InstanceFacts Facts, ReleaseVersion Version, string Trader) : RunResult;

    internal sealed record InstanceReady(InstanceFacts Facts, ReleaseVersion Version) : RunResult;

    internal sealed record Confirmed(InstanceFacts Facts, ReleaseVersion Version, DateTimeOffset At, string? PreviousImage) : RunResult
    {
        /// <inheritdoc cref="OvertakenPushes"/>
        public ImmutableArray<ReleaseVersion> Overtaken { get; init; } = [];
    }

    internal sealed record Superseded(InstanceFacts Facts, ReleaseVersion Version, Release Desired) : RunResult;

    internal sealed record RolledBack(
        InstanceFacts Facts, ReleaseVersion Version, Rejection Rejection, ReleaseVersion? Fallback) : RunResult
    {
        /// <inheritdoc cref="OvertakenPushes"/>
        public ImmutableArray<ReleaseVersion> Overtaken { get; init; } = [];
    }

    /// <param name="Attempt">Which machine in a row failed, from 1.</param>
    internal sealed record Retrying(InstanceFacts Facts, ReleaseVersion Version, int Attempt, string Reason) : RunResult;

    /// <summary>An application failure of a release without a fallback.</summary>
    /// <param name="Attempt">Which one in a row, from 1.</param>
    internal sealed record Failed(InstanceFacts Facts, ReleaseVersion Version, int Attempt, string Reason) : RunResult;

    /// <summary>An instance of a release that stands is sick.</summary>
    /// <param name="Attempt">Which one in a row, from 1.</param>
    /// <param name="IsReplaced">Whether it was removed, so that the group launches another.</param>
    internal sealed record Unhealthy(InstanceFacts Facts, ReleaseVersion Version, int Attempt, bool IsReplaced, string Reason) : RunResult
    {
        /// <summary>One of many of a release that is not confirmed; no back-off limits how often.</summary>
        public bool IsAlone { get; init; }
    }

    /// <summary>A final outcome whose first report was not delivered, as far as the records know.</summary>
    /// <param name="Previous">Of a rollback the fallback; of a confirmation what would be fallen back to.</param>
    internal sealed record ReportedAgain(FinalOutcome Outcome, ReleaseVersion? Version, ReleaseVersion? Previous) : RunResult
    {
        /// <inheritdoc cref="OvertakenPushes"/>
        public ImmutableArray<ReleaseVersion> Overtaken { get; init; } = [];
    }

    /// <summary>Whether a watch reports it at once.</summary>
    public bool IsNews => Priority >= 3;

    /// <summary>Of two results the one to report; of equals the first.</summary>
    public static RunResult Greater(RunResult? one, RunResult other) =>
        one is not null && one.Priority >= other.Priority ? one : other;

    private int Priority => this switch
    {
        RolledBack => 7,
        Confirmed => 6,
        Stuck or AllClear { WasTold: true } => 5,
        Failed or Unhealthy => 4,
        Retrying => 3,
        Superseded or AllClear => 2,
        InstanceReady or HandedOver => 1,
        _ => 0,
    };
}
