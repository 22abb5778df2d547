using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>One call that changes something in AWS. A policy chooses it; executing it makes no choice.</summary>
internal abstract record AwsAction
{
    private AwsAction()
    {
    }

    /// <summary>Derives the version of a push from a base.</summary>
    internal sealed record CreateVersion(Push Push, ReleaseVersion BaseVersion) : AwsAction;

    internal sealed record Confirm(Confirmation Confirmation) : AwsAction;

    internal sealed record Reject(Rejection Rejection) : AwsAction;

    /// <summary>Records what an operator or the deploy window requested, a handover, or that one of them is done.</summary>
    internal sealed record RecordRequest(IRecordTag Tag) : AwsAction;

    internal sealed record RecordReported(ReportedOutcome Reported) : AwsAction;

    /// <summary>Records a machine that could not run its release, or that one became healthy.</summary>
    internal sealed record RecordAttempts(Attempts Attempts) : AwsAction;

    /// <summary>Records that a sick instance is replaced, before it is.</summary>
    internal sealed record RecordReplacement(Replacement Replacement) : AwsAction;

    /// <summary>Records since when the app is down, or that it is not.</summary>
    internal sealed record RecordDownSince(DownSince DownSince) : AwsAction;

    /// <summary>Records that instances went in service; the bake time counts from there.</summary>
    internal sealed record RecordInService(ImmutableArray<string> Instances, DateTimeOffset At) : AwsAction;

    /// <summary>Pins a version: launches that begin from now on take it.</summary>
    internal sealed record Pin(ReleaseVersion Version) : AwsAction;

    /// <summary>Terminates an instance; the group launches another from the pin.</summary>
    /// <param name="For">The release that should run instead.</param>
    internal sealed record Terminate(string InstanceId, Release For) : AwsAction;

    /// <summary>Pins a version and sets the desired capacity, in one call.</summary>
    internal sealed record Resize(ReleaseVersion Version, int DesiredCapacity) : AwsAction;

    /// <summary>Says whether a lowered desired capacity may take an instance.</summary>
    internal sealed record Protect(string InstanceId, bool IsProtected) : AwsAction;

    /// <summary>Terminates the old instance and lowers the desired capacity, in one call: the group launches nothing for it.</summary>
    /// <param name="InstanceId">The old instance.</param>
    /// <param name="To">The one that waits at the lock.</param>
    internal sealed record HandOver(string InstanceId, string To) : AwsAction;

    /// <summary>Completes an instance's launch hook with CONTINUE.</summary>
    internal sealed record Admit(string InstanceId) : AwsAction;

    /// <summary>Completes an instance's launch hook with ABANDON.</summary>
    internal sealed record Abandon(string InstanceId) : AwsAction;

    /// <summary>The group launches nothing from now on.</summary>
    internal sealed record SuspendLaunches : AwsAction;

    /// <summary>The group launches again.</summary>
    internal sealed record ResumeLaunches : AwsAction;

    /// <summary>Starts an instance refresh.</summary>
    /// <param name="AutoRollback">The group goes back to its pin by itself where the version does not become healthy.</param>
    /// <param name="IsRestart">Instances that run the version already are replaced too.</param>
    internal sealed record StartRefresh(
        ReleaseVersion Version, Strategy.Rolling Rolling, bool AutoRollback, bool IsRestart = false) : AwsAction;

    /// <summary>Cancels the active instance refresh; what it replaced stays so.</summary>
    internal sealed record CancelRefresh(InstanceRefresh Refresh, Release For) : AwsAction;

    /// <summary>Rolls the active instance refresh back to the pin.</summary>
    internal sealed record RollBackRefresh(InstanceRefresh Refresh, Release For) : AwsAction;

    internal sealed record DeleteRecordTags(ImmutableArray<string> Keys) : AwsAction;

    internal sealed record DeleteVersions(ImmutableArray<long> Numbers) : AwsAction;

    public bool IsRefreshAction => this is StartRefresh or CancelRefresh or RollBackRefresh;
}

/// <summary>An action that was executed in this run.</summary>
/// <param name="At">When AWS had answered.</param>
/// <param name="Succeeded"><c>false</c> where another writer was first, so that the call had nothing to change.</param>
internal sealed record DoneAction(AwsAction Action, DateTimeOffset At, bool Succeeded);
