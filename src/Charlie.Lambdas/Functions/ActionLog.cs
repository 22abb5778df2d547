using Charlie.Lambdas.Decisions;
using Microsoft.Extensions.Logging;

namespace Charlie.Lambdas.Functions;

/// <summary>One line for each executed action.</summary>
internal sealed partial class Log
{
    /// <param name="action">What AWS was asked to do.</param>
    /// <param name="succeeded"><c>false</c> where another writer was first.</param>
    public void Executed(AwsAction action, bool succeeded)
    {
        if (!succeeded)
        {
            NothingToChange(action.GetType().Name);
            return;
        }

        switch (action)
        {
            case AwsAction.CreateVersion create:
                VersionCreated(create.Push.Release.ToString(), create.BaseVersion.Number, create.Push.Image);
                break;
            case AwsAction.Confirm confirm:
                Confirmed(confirm.Confirmation.Release.ToString(), confirm.Confirmation.Version);
                break;
            case AwsAction.Reject { Rejection: var rejection }:
                Rejected(rejection.Through.ToString(), rejection.Fallback.ToString(), rejection.By, rejection.Reason);
                break;
            case AwsAction.RecordRequest { Tag: var tag }:
                RequestRecorded(tag.Key, tag.Value);
                break;
            case AwsAction.RecordReported reported:
                DeliveryRecorded(reported.Reported.Kind, reported.Reported.Release.ToString());
                break;
            case AwsAction.RecordAttempts { Attempts: var attempts }:
                AttemptsRecorded(attempts.Count, attempts.Release.ToString(), attempts.LastFailure);
                break;
            case AwsAction.RecordReplacement { Replacement: var replacement }:
                ReplacementRecorded(replacement.Count, replacement.Release.ToString());
                break;
            case AwsAction.RecordDownSince { DownSince: var down }:
                DownSinceRecorded(down.Value);
                break;
            case AwsAction.RecordInService entered:
                InServiceRecorded(string.Join(' ', entered.Instances));
                break;
            case AwsAction.Pin pin:
                Pinned(pin.Version.Number, pin.Version.Release.ToString());
                break;
            case AwsAction.Resize resize:
                Resized(resize.DesiredCapacity, resize.Version.Number, resize.Version.Release.ToString());
                break;
            case AwsAction.Protect { IsProtected: true } protect:
                Protected(protect.InstanceId);
                break;
            case AwsAction.Protect protect:
                Unprotected(protect.InstanceId);
                break;
            case AwsAction.HandOver over:
                HandedOver(over.To, over.InstanceId);
                break;
            case AwsAction.Terminate terminate:
                Terminated(terminate.InstanceId, terminate.For.ToString());
                break;
            case AwsAction.Admit admit:
                Admitted(admit.InstanceId);
                break;
            case AwsAction.Abandon abandon:
                Abandoned(abandon.InstanceId);
                break;
            case AwsAction.SuspendLaunches:
                LaunchesSuspended();
                break;
            case AwsAction.ResumeLaunches:
                LaunchesResumed();
                break;
            case AwsAction.StartRefresh start:
                RefreshStarted(start.Version.Number, start.Version.Release.ToString());
                break;
            case AwsAction.CancelRefresh cancel:
                RefreshCancelled(cancel.Refresh.Id, cancel.For.ToString());
                break;
            case AwsAction.RollBackRefresh back:
                RefreshRolledBack(back.Refresh.Id, back.For.ToString());
                break;
            case AwsAction.DeleteRecordTags delete:
                RecordTagsDeleted(string.Join(' ', delete.Keys));
                break;
            case AwsAction.DeleteVersions delete:
                VersionsDeleted(string.Join(' ', delete.Numbers));
                break;
        }
    }

    [LoggerMessage(20, LogLevel.Information, "{Action} had nothing to change: another writer was first; reading again")]
    private partial void NothingToChange(string action);

    [LoggerMessage(
        21, LogLevel.Information, "Created the launch template version of release {Deployment} from base {Base} with image {Image}")]
    private partial void VersionCreated(string deployment, long @base, string image);

    [LoggerMessage(22, LogLevel.Information, "Confirmed release {Deployment} with version {Version}")]
    private partial void Confirmed(string deployment, long version);

    [LoggerMessage(23, LogLevel.Warning, "Rejected the releases up to {Deployment}; the fallback is {Fallback}; by {By}: {Reason}")]
    private partial void Rejected(string deployment, string fallback, RejectedBy by, string reason);

    [LoggerMessage(24, LogLevel.Information, "Recorded delivery of the {Outcome} report for release {Deployment}")]
    private partial void DeliveryRecorded(FinalOutcomeKind outcome, string deployment);

    [LoggerMessage(25, LogLevel.Information, "Recorded that {Instances} went in service")]
    private partial void InServiceRecorded(string instances);

    [LoggerMessage(26, LogLevel.Information, "Pinned version {Version} of release {Deployment}")]
    private partial void Pinned(long version, string deployment);

    [LoggerMessage(27, LogLevel.Information, "Terminating {Instance}; release {Deployment} is the desired one")]
    private partial void Terminated(string instance, string deployment);

    [LoggerMessage(28, LogLevel.Information, "Admitted {Instance}")]
    private partial void Admitted(string instance);

    [LoggerMessage(29, LogLevel.Information, "Abandoned {Instance}")]
    private partial void Abandoned(string instance);

    [LoggerMessage(30, LogLevel.Information, "Started an instance refresh to version {Version} of release {Deployment}")]
    private partial void RefreshStarted(long version, string deployment);

    [LoggerMessage(31, LogLevel.Information, "Cancelled instance refresh {Refresh}; release {Deployment} is the desired one")]
    private partial void RefreshCancelled(string refresh, string deployment);

    [LoggerMessage(32, LogLevel.Warning, "Rolling instance refresh {Refresh} back to release {Deployment}")]
    private partial void RefreshRolledBack(string refresh, string deployment);

    [LoggerMessage(33, LogLevel.Information, "Deleted the record tags {Keys}")]
    private partial void RecordTagsDeleted(string keys);

    [LoggerMessage(34, LogLevel.Information, "Deleted the launch template versions {Versions}")]
    private partial void VersionsDeleted(string versions);

    [LoggerMessage(35, LogLevel.Warning, "Recorded {Count} failed machines in a row of release {Deployment}: {Reason}")]
    private partial void AttemptsRecorded(int count, string deployment, string reason);

    [LoggerMessage(36, LogLevel.Warning, "Recorded replacement {Count} in a row of a sick instance of release {Deployment}")]
    private partial void ReplacementRecorded(int count, string deployment);

    [LoggerMessage(38, LogLevel.Information, "Recorded what was requested: {Key} {Value}")]
    private partial void RequestRecorded(string key, string value);

    [LoggerMessage(39, LogLevel.Information, "Suspended the group's launches")]
    private partial void LaunchesSuspended();

    [LoggerMessage(40, LogLevel.Information, "Resumed the group's launches")]
    private partial void LaunchesResumed();

    [LoggerMessage(
        43, LogLevel.Information, "Set the desired capacity to {Capacity}, and pinned version {Version} of release {Deployment}")]
    private partial void Resized(int capacity, long version, string deployment);

    [LoggerMessage(44, LogLevel.Information, "Protected {Instance} from a lowered desired capacity")]
    private partial void Protected(string instance);

    [LoggerMessage(45, LogLevel.Information, "Ended the protection of {Instance}")]
    private partial void Unprotected(string instance);

    [LoggerMessage(46, LogLevel.Information, "{Instance} has prepared its release and waits at the lock; terminating {Trader}")]
    private partial void HandedOver(string instance, string trader);

    [LoggerMessage(37, LogLevel.Information, "Recorded since when the app is down, and how many times that was notified: {DownSince}")]
    private partial void DownSinceRecorded(string downSince);
}
