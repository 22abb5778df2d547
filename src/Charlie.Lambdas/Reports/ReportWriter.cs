using System.Globalization;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Reports;

/// <summary>Writes what a function returns: the facts by name, and one sentence for an operator.</summary>
internal sealed class ReportWriter(StackNames names, TimeSpan bakeTime)
{
    public DeploymentReport Write(RunResult result) => Describe(result) with { Notify = Notification.IsDue(result) };

    private DeploymentReport Describe(RunResult result) => result switch
    {
        RunResult.NothingToDo nothing => Of(Outcome.NothingToDo, null, $"Nothing to do: {nothing.Why}.") with { Reason = nothing.Why },
        RunResult.Rejected rejected => Write(rejected),
        RunResult.StalePush stale => Of(stale.Push, Outcome.Stale, $"Release {stale.Push.Release} was not deployed: {stale.Reason}.") with
        {
            Reason = stale.Reason,
        },
        RunResult.StaleRequest stale =>
            Of(Outcome.Stale, null, $"The {stale.Request} was not done: {stale.Reason}.") with
            {
                Release = stale.Release?.ToString(),
                Request = stale.Request,
                Reason = stale.Reason,
            },
        RunResult.Held held => Write(held),
        RunResult.Recorded recorded => Of(
            Outcome.Recorded,
            recorded.Version,
            $"Release {recorded.Version.Release} is recorded: {recorded.Why}. It is deployed and judged when an instance runs again.") with
        {
            Reason = recorded.Why,
        },
        RunResult.AppStopped stopped => Of(
            Outcome.Stopped,
            null,
            $"The app is stopped: {stopped.Stopped.Reason}. {names.Group} launches no instance until Start Requested.") with
        {
            Release = stopped.Desired.ToString(),
            Reason = stopped.Stopped.Reason,
        },
        RunResult.Refused refused => Write(refused),
        RunResult.Stuck stuck => Write(stuck),
        RunResult.AlreadyCurrent current => Of(
            Outcome.AlreadyCurrent,
            current.Version,
            $"{names.Group} runs release {current.Version.Release}, or is being brought to it, already."
            + (current.Note is { } note ? $" Recorded: {note}." : "")) with
        {
            Reason = current.Note,
            Overtaken = OvertakenPush.Of(current.Overtaken),
        },
        RunResult.Started started => Write(started),
        RunResult.InstanceReady ready => Of(
            Outcome.InstanceReady,
            ready.Version,
            ready.Facts,
            $"Instance {ready.Facts.Instance.Id} is healthy with the image of release {ready.Version.Release} and was admitted."),
        RunResult.HandedOver over => Of(
            Outcome.HandedOver,
            over.Version,
            over.Facts,
            $"Instance {over.Facts.Instance.Id} has prepared release {over.Version.Release}; {over.Trader} is terminated."),
        RunResult.Confirmed confirmed => Write(confirmed),
        RunResult.Superseded superseded => Of(
            Outcome.Superseded,
            superseded.Version,
            $"Instance {superseded.Facts.Instance.Id} of release {superseded.Version.Release} was abandoned:"
            + (superseded.Version.Release == superseded.Desired
                ? " the app is stopped."
                : $" release {superseded.Desired} is the desired one.")) with
        {
            InstanceId = superseded.Facts.Instance.Id,
        },
        RunResult.RolledBack rolledBack => Write(rolledBack),
        RunResult.Retrying retrying => Of(
            Outcome.Retrying,
            retrying.Version,
            retrying.Facts,
            $"Instance {retrying.Facts.Instance.Id} of release {retrying.Version.Release} was removed"
            + $" for an infrastructure failure, the {Ordinal.Of(retrying.Attempt)} in a row ({retrying.Reason});"
            + " the group launches another.") with
        {
            Attempt = retrying.Attempt,
            Reason = retrying.Reason,
        },
        RunResult.Failed failed => Write(failed),
        RunResult.Unhealthy unhealthy => Write(unhealthy),
        RunResult.AllClear clear => Write(clear),
        RunResult.Unconfirmed unconfirmed => Write(unconfirmed),
        RunResult.OldBase old => Write(old),
        RunResult.ReportedAgain again => Write(again),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "Not a result."),
    };

    private DeploymentReport Write(RunResult.Rejected rejected)
    {
        var summary = $"Rejected {rejected.Request}: {rejected.Reason}. Nothing was changed.";
        var report = rejected.Push is { } push ? Of(push, Outcome.Rejected, summary) : Of(Outcome.Rejected, null, summary);
        return report with { Request = rejected.Request, Reason = rejected.Reason };
    }

    private DeploymentReport Write(RunResult.Refused refused) =>
        Of(
            Outcome.Refused,
            null,
            $"Release {refused.Release} cannot be deployed to {names.Group}: {refused.Reason}."
            + " The group is left as it is; Charlie goes on by itself once that is mended.") with
        {
            Release = refused.Release.ToString(),
            Reason = refused.Reason,
        };

    private DeploymentReport Write(RunResult.Held held)
    {
        var hold = held.Hold;
        var whatIs = $"Deployments to {names.Group} are held by {hold.Holder.Word()} {hold.UntilText} ({hold.Reason});"
            + $" release {held.Desired} stays.";
        var report = held.Push is { } push
            ? Of(push, Outcome.Held, $"Release {push.Release} is recorded and waits. {whatIs} Put Resume Requested to deploy it at once.")
            : Of(Outcome.Held, null, whatIs) with { Release = held.Desired.ToString() };
        return report with
        {
            Reason = hold.Reason,
            HeldBy = hold.Holder.Word(),
            HeldUntil = hold.Until,
            Stays = held.Desired.ToString(),
        };
    }

    private DeploymentReport Write(RunResult.Stuck stuck) =>
        Of(
            Outcome.Stuck,
            stuck.Desired.Version,
            $"No healthy instance of {names.Group} has been in service since {Iso8601.Write(stuck.Since)};"
            + $" release {stuck.Desired.Release} should run."
            + $" The group's last activity: {stuck.LastActivity ?? "none"}.") with
        {
            Release = stuck.Desired.Release.ToString(),
            Since = stuck.Since,
            SecondsOutOfService = (stuck.At - stuck.Since).TotalSeconds,
            Reason = stuck.LastActivity,
        };

    private DeploymentReport Write(RunResult.AllClear clear) =>
        Of(
            Outcome.AllClear,
            clear.Desired.Version,
            $"A healthy instance of {names.Group} is in service again, since {Iso8601.Write(clear.DownSince)} there was none.") with
        {
            Release = clear.Desired.Release.ToString(),
            Since = clear.DownSince,
            SecondsOutOfService = (clear.At - clear.DownSince).TotalSeconds,
        };

    private DeploymentReport Write(RunResult.Unconfirmed unconfirmed) =>
        Of(
            Outcome.Unconfirmed,
            unconfirmed.Desired.Version,
            $"Release {unconfirmed.Desired.Release} has been neither confirmed nor rejected since its first launch at"
            + $" {Iso8601.Write(unconfirmed.FirstLaunch)}.") with
        {
            Release = unconfirmed.Desired.Release.ToString(),
            Since = unconfirmed.FirstLaunch,
        };

    private DeploymentReport Write(RunResult.OldBase old) =>
        Of(
            Outcome.OldBase,
            old.Version,
            $"Release {old.Version.Release} does not run on base version {old.Newest.Number}, which a stack update made"
            + $" at {Iso8601.Write(old.Newest.CreatedAt!.Value)}: push, or retry the newest deploy job, to bring its patches in.") with
        {
            Since = old.Newest.CreatedAt,
            BaseVersion = old.Newest.Number,
        };

    private DeploymentReport Write(RunResult.Started started) =>
        Of(Outcome.Started, started.Version, $"Started release {started.Version.Release} on {names.Group}: {started.Reason}.") with
        {
            PreviousImage = started.PreviousImage,
            Reason = started.Reason,
            Overtaken = OvertakenPush.Of(started.Overtaken),
            Timings = new DeploymentTimings
            {
                PushedAt = started.Version.PushedAt,
                PinnedAt = started.Done.LastOrDefault(done => done.Action is AwsAction.Pin or AwsAction.Resize)?.At,
                TerminatedAt = started.Done.LastOrDefault(done => done.Action is AwsAction.Terminate)?.At,
            },
        };

    private DeploymentReport Write(RunResult.Confirmed confirmed)
    {
        var (facts, release) = (confirmed.Facts, confirmed.Version.Release);
        var instances = facts.BakedCount > 1
            ? $"{facts.BakedCount} instances run its image, and {facts.Instance.Id}"
            : $"instance {facts.Instance.Id} runs its image and";
        var sincePush = confirmed.At - confirmed.Version.PushedAt is { } took ? $", {Seconds(took)} after the push" : "";
        var report = Of(
            Outcome.Confirmed,
            confirmed.Version,
            facts,
            $"Release {release} is confirmed: {instances} stayed healthy in service"
            + $" for {Seconds(bakeTime)}{sincePush}.");
        return report with
        {
            PreviousImage = confirmed.PreviousImage,
            EndedAt = Iso8601.Write(confirmed.At),
            Overtaken = OvertakenPush.Of(confirmed.Overtaken),
            Timings = report.Timings! with { ConfirmedAt = confirmed.At },
        };
    }

    private DeploymentReport Write(RunResult.RolledBack rolledBack) =>
        Of(
            Outcome.RolledBack,
            rolledBack.Version,
            rolledBack.Facts,
            $"Release {rolledBack.Version.Release} was rolled back to {rolledBack.Rejection.Fallback}: {rolledBack.Rejection.Reason}."
            + (rolledBack.Facts.Trader is { } trader ? $" Instance {trader} was never stopped." : "")) with
        {
            NeverStopped = rolledBack.Facts.Trader is null ? null : true,
            PreviousImage = rolledBack.Fallback?.Image,
            Fallback = rolledBack.Rejection.Fallback.ToString(),
            FallbackTag = rolledBack.Fallback?.Notes.Tag,
            Reason = rolledBack.Rejection.Reason,
            EndedAt = Iso8601.Write(rolledBack.Rejection.At),
            Overtaken = OvertakenPush.Of(rolledBack.Overtaken),
        };

    private DeploymentReport Write(RunResult.Failed failed) =>
        Of(
            Outcome.Failed,
            failed.Version,
            failed.Facts,
            $"Instance {failed.Facts.Instance.Id} of release {failed.Version.Release} failed, and there is no confirmed release"
            + $" below it to fall back to: {failed.Reason}. Its machine is replaced, unless most of the group are sick together."
            + " Push a release that works.") with
        {
            Attempt = failed.Attempt,
            Reason = failed.Reason,
        };

    private DeploymentReport Write(RunResult.Unhealthy unhealthy)
    {
        var (id, release) = (unhealthy.Facts.Instance.Id, unhealthy.Version.Release);
        var whatFollows = unhealthy.IsReplaced
            ? "The group launches another"
            : "Most of the group are sick together, so their machines are not the cause and none is replaced";
        return Of(
            Outcome.Unhealthy,
            unhealthy.Version,
            unhealthy.Facts,
            $"Instance {id} of release {release} is not healthy: {unhealthy.Reason}. {whatFollows}; the release stands.") with
        {
            Attempt = unhealthy.Attempt,
            IsReplaced = unhealthy.IsReplaced,
            Reason = unhealthy.Reason,
        };
    }

    // As much of the final outcome as its record tags show.
    private DeploymentReport Write(RunResult.ReportedAgain again)
    {
        var outcome = again.Outcome;
        var isConfirmed = outcome.Kind == FinalOutcomeKind.Confirmed;
        var summary = outcome.Rejection is { } rejection
            ? $"Release {outcome.Release} was rolled back to {rejection.Fallback} at {Iso8601.Write(rejection.At)}: {rejection.Reason}."
            : $"Release {outcome.Release} was confirmed at {Iso8601.Write(outcome.At)}.";
        return Of(isConfirmed ? Outcome.Confirmed : Outcome.RolledBack, again.Version, summary) with
        {
            Release = outcome.Release.ToString(),
            PreviousImage = again.Previous?.Image,
            Fallback = outcome.Rejection?.Fallback.ToString(),
            FallbackTag = outcome.Rejection is null ? null : again.Previous?.Notes.Tag,
            Reason = outcome.Rejection?.Reason,
            EndedAt = Iso8601.Write(outcome.At),
            Overtaken = OvertakenPush.Of(again.Overtaken),
            Timings = new DeploymentTimings { PushedAt = again.Version?.PushedAt, ConfirmedAt = isConfirmed ? outcome.At : null },
        };
    }

    private DeploymentReport Of(Push push, Outcome outcome, string summary) =>
        Of(outcome, null, summary) with
        {
            Release = push.Release.ToString(),
            Image = push.Image,
            PipelineId = push.Release.PipelineId,
            JobId = push.Release.JobId,
            PipelineUrl = push.PipelineUrl,
            Commit = push.Commit,
            ProjectId = push.ProjectId,
            Tag = push.Notes.Tag,
            CommitTitle = push.Notes.CommitTitle,
            CommitAuthor = push.Notes.CommitAuthor,
            DeploymentId = push.Notes.DeploymentId,
        };

    private DeploymentReport Of(Outcome outcome, ReleaseVersion version, InstanceFacts facts, string summary) =>
        Of(outcome, version, summary) with
        {
            InstanceId = facts.Instance.Id,
            FailedProbes = facts.Evidence.Failures,
            Timings = new DeploymentTimings
            {
                PushedAt = version.PushedAt,
                LaunchedAt = facts.LaunchedAt,
                FirstHealthyAt = facts.Evidence.FirstHealthyAt,
                InServiceAt = facts.InServiceAt,
            },
        };

    private DeploymentReport Of(Outcome outcome, ReleaseVersion? version, string summary) =>
        new()
        {
            Outcome = outcome,
            App = names.App,
            Group = names.Group,
            Release = version?.Release.ToString(),
            Image = version?.Image,
            Version = version?.Number,
            PipelineId = version is { IsBase: false } ? version.Release.PipelineId : null,
            JobId = version is { IsBase: false } ? version.Release.JobId : null,
            PipelineUrl = version?.PipelineUrl,
            Commit = version?.Commit,
            ProjectId = version?.ProjectId,
            Tag = version?.Notes.Tag,
            CommitTitle = version?.Notes.CommitTitle,
            CommitAuthor = version?.Notes.CommitAuthor,
            DeploymentId = version?.Notes.DeploymentId,
            Summary = summary,
        };

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s");
}
