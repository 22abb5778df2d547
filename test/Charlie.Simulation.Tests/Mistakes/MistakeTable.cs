namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>The mistakes that the simulation has to find; <c>docs/simulation.md</c> shows the same table to people.</summary>
internal static class MistakeTable
{
    public static readonly Mistake[] All =
    [
        new(
            "confirm before the bake", 10,
            new Edit(
                "InstanceFacts.HasBaked",
                "healthy.For >= rules.BakeTime && Now - InServiceAt >= rules.BakeTime",
                "healthy.Image != null")),
        new(
            "abandon before the rejection", 60,
            new Edit(
                "RejectionPlan.Next",
                "if (!done.Any(one => one is { Action: AwsAction.Reject, Succeeded: true }))",
                """
                if (done.IsEmpty)
                {
                    return new WatchStep.Act(JudgementPlan.Removal(judgement, snapshot));
                }

                if (!done.Any(one => one is { Action: AwsAction.Reject, Succeeded: true }))
                """)),
        new(
            "judge against the pin", 60,
            new Edit(
                "ReconcilePlan.Replace",
                "instance.IsInService && IsOutdated(instance, snapshot)",
                "instance.IsInService && instance.Version != snapshot.PinBefore")),
        new(
            "compare version numbers for age", 60,
            new Edit(
                "DesiredRelease.Of",
                "in records.Versions)",
                "in records.Versions.OrderByDescending(version => version.Number).Take(1))")),
        new(
            "fall back to a rejected release", 200,
            new Edit(
                "Records.FallbackOf",
                "confirmed == current || !Rejections.Any(rejection => rejection.Covers(confirmed))",
                "confirmed == current || confirmed >= Release.Base")),
        new(
            "one shared tag for all rejections", 600,
            new Edit(
                "ActionExecutor.ExecuteAsync",
                "var (succeeded, version) = await CallAsync(action, log);",
                """
                var (succeeded, version) = await CallAsync(action, log);
                if (action is AwsAction.Reject { Rejection: var written })
                {
                    var others = snapshot.Records.Rejections.Select(rejection => rejection.Key).Where(key => key != written.Key).ToArray();
                    await (others.Length == 0 ? Task.CompletedTask : template.DeleteTagsAsync([.. others]));
                }
                """)),
        new(
            "the newest instead of the confirmed version", 200,
            new Edit(
                "Records.VersionOf",
                "return confirmed?.Release == release ? confirmed : Versions",
                "return confirmed?.Number == -1 ? confirmed : Versions")),
        new(
            "ignore the image that runs", 200,
            new Edit(
                "HealthEvidence.Add",
                "response is ProbeResponse.Healthy healthy && healthy.Image == image",
                "response is ProbeResponse.Healthy"),
            new Edit(
                "ReleaseHealth.Problem",
                "ProbeResponse.Healthy other when other.Image != image",
                "ProbeResponse.Healthy { Image: \"\" } other"),
            new Edit(
                "ServiceHealth.Problem",
                "ProbeResponse.Healthy other when other.Image != image",
                "ProbeResponse.Healthy { Image: \"\" } other")),
        new(
            "no ClientToken", 100,
            new Edit(
                "TemplateWriter.CreateAsync",
                "ClientToken = Token($\"{templateId}\\n{push.Release}\\n{push.Image}\\n{source}\"),",
                "")),
        new(
            "no sweep", 60,
            new Edit(
                "RefreshFunction.HandleAsync",
                "ScheduledSweep => RunAsync(SweepFor(\"the scheduled check found the group out of sync\", available), log),",
                "ScheduledSweep => Task.FromResult<RunResult>(new RunResult.NothingToDo(\"\")),"),
            new Edit(
                "LifecycleFunction.HandleAsync",
                "ScheduledSweep => watch.RunAsync(null, SweepLimit.WithSilence(available), log),",
                "ScheduledSweep => Task.FromResult<RunResult>(new RunResult.NothingToDo(\"\")),")),
        new(
            "pin before a rolling refresh", 60,
            new Edit("ReconcilePlan.Roll", "group.Pin != version.Number && (confirmed || !replaces)", "group.Pin != version.Number")),
        new(
            "confirm a group by one of its instances", 60,
            new Edit("InstancePolicy.Judge", " && facts.BakedCount >= Needed(facts, strategy)", "")),
        new(
            "confirm an empty group", 60,
            new Edit(
                "InstancePolicy.Decide",
                "if (!instance.IsPending && !instance.IsInService) {",
                """
                if (!instance.IsPending && !instance.IsInService)
                {
                    if (records.Version(instance.Version) is { } gone
                        && gone.Release == DesiredRelease.Of(records).Release
                        && !records.IsConfirmed(gone.Release))
                    {
                        return new InstanceDecision.Confirm(new Confirmation(gone.Release, gone.Number, facts.Now));
                    }

                """)),
        new(
            "reject a healthy instance at its deadline", 60,
            new Edit(
                "ReleaseHealth.Problem",
                "ProbeResponse.Failed app =>",
                """
                ProbeResponse.Healthy when facts.Age >= rules.HealthDeadline => new InstanceProblem.Application("late"),
                ProbeResponse.Failed app =>
                """)),
        new(
            "prune what the desired release rests on", 400,
            new Edit(
                "Pruning.IsHarmless",
                "return DesiredRelease.Of(left).Release == desired &&",
                "return keys.Length > 0 || desired < Release.Base &&"),
            new Edit(
                "Pruning.Outcomes",
                ".Where(outcome => outcome.Release != desired.Release)",
                ".Where(outcome => desired.Release >= Release.Base)"),
            new Edit("Pruning.Batch", "Batch = 8", "Batch = 44")),
        new(
            "swallow a throttle", 600,
            new Edit(
                "GroupWriter.Unless",
                "catch (AmazonServiceException error) when (isTooLate(error)) { return false; }",
                """
                catch (AmazonServiceException error) when (isTooLate(error) || error.ErrorCode == "Throttling")
                {
                    return !isTooLate(error);
                }
                """)),
        new(
            "drop a report", 100,
            new Edit(
                "FinalOutcome.ToReportAgain",
                "!outcome.IsReported(records) && (outcome.Rejection",
                "outcome.Kind > FinalOutcomeKind.RolledBack && !outcome.IsReported(records) && (outcome.Rejection")),
        new(
            "admit an instance without reading again", 200,
            new Edit(
                "WatchPolicy.Judge",
                ": judged.Any(judgement => judgement.Decision.NeedsFreshRecords)"
                + " ? (next with { Stage = WatchStage.Verified }, ReadAll(next))",
                "")),
        new(
            "one successful probe is enough", 10,
            new Edit(
                "InstancePolicy.Judge",
                "facts.Evidence.ConsecutiveSuccesses < rules.Successes",
                "facts.Evidence.ConsecutiveSuccesses < 1")),
        new(
            "let the greatest rejected release sink", 200,
            new Edit(
                "Records.Reject",
                "new(EffectiveRejection is { } rejection ? Release.Max(rejection.Through, from) : from, fallback",
                "new(from, fallback")),
        new(
            "deploy a push that was overtaken", 60,
            new Edit("PushPolicy.WhyStale", "is var newest && release < newest ?", "is var newest && release < Release.Base ?")),
        new("run a rejected release again", 60,
            new Edit("DesiredRelease.Of", "release <= rejection?.Through", "release <= rejection?.Fallback")),
        new(
            "reject a release for an infrastructure failure", 60,
            new Edit(
                "InstancePolicy.Retry",
                "if (fallback is not { } release || !problem.MayBeRelease)",
                """
                if (fallback is { } another)
                {
                    return RollBack(facts, version, another, problem.Reason);
                }

                if (fallback is not { } release || !problem.MayBeRelease)
                """)),
        new(
            "leave a refresh towards another release", 60,
            new Edit("ReconcilePlan.Redirect", ": new AwsAction.CancelRefresh(refresh, version.Release);", ": null;")),
        new(
            "leave a rollback to an undesired release", 600,
            new Edit(
                "ReconcilePlan.Redirect",
                "refresh.IsCancelling || ",
                "refresh.IsCancelling || refresh.Status is \"RollbackInProgress\" || ")),
        new(
            "order releases by pipeline", 60,
            new Edit(
                "Release.CompareTo",
                "JobId != other.JobId ? JobId.CompareTo(other.JobId) : PipelineId.CompareTo(other.PipelineId);",
                "PipelineId != other.PipelineId ? PipelineId.CompareTo(other.PipelineId) : JobId.CompareTo(other.JobId);")),
        new(
            "keep silent about a push that came too late", 60,
            new Edit("PushPolicy.Next", "Done(records.IsRecorded(push.Release) ?", "Done(push.Release > Release.Base ?")),
        new(
            "report a duplicate as a push that came too late", 60,
            new Edit("PushPolicy.Next", "Done(records.IsRecorded(push.Release) ?", "Done(push.Release < Release.Base ?")),
        new(
            "call a repeated rollback request stale", 300,
            new Edit("RollbackPolicy.Repeated", "rejection.At >= rollback.RequestedAt", "rejection.At < rollback.RequestedAt")),
        new(
            "count a confirmation that came after a rejection", 900,
            new Edit("Records.IsOverruled", "rejection.At < confirmation.At &&", "rejection.At == DateTimeOffset.MinValue &&")),
        new(
            "forget where an operator went back to", 100,
            new Edit("Records.FallbackOf", "confirmed == current ||", "")),
        new(
            "fall back across pipelines", 200,
            new Edit(
                "Records.FallbackOf",
                """
                (one.PipelineId == release.PipelineId) == (other.PipelineId == release.PipelineId)
                    ? one > other
                    : one.PipelineId == release.PipelineId;
                """,
                "one > other;")),
        new(
            "fail where another run made the version", 300,
            new Edit("TemplateWriter.CreateVersionAsync", "when (AwsErrors.IsTokenUsed(error))", "when (AwsErrors.IsRefreshGone(error))")),
        new(
            "fail where another run terminates the instance", 400,
            new Edit("GroupWriter.TerminateAsync", "Unless(AwsErrors.IsScalingActivityInProgress,", "Unless(AwsErrors.IsRefreshGone,")),
        new(
            "count the health time from the launch", 100,
            new Edit(
                "ReleaseHealth.IsTooLong",
                "unhealthy.For >= Limit(unhealthy, facts, rules)",
                "facts.Age >= Limit(unhealthy, facts, rules)")),
        new(
            "take a slow boot for a failure of the app", 60,
            new Edit(
                "ReleaseHealth.Problem",
                "ProbeResponse.Failed app =>",
                """
                ProbeResponse.Preparing late when facts.Age >= TimeSpan.FromMinutes(1) => new InstanceProblem.Application(late.Describe()),
                ProbeResponse.Failed app =>
                """)),
        new(
            "forgive a flapping app for ever", 400,
            new Edit("ReleaseHealth.IsTooLong", "(overdue && HasFlapped(unhealthy)", "(overdue && unhealthy.Restarts < 0"),
            new Edit("ReleaseHealth.NeverStays", "healthy.For < rules.BakeTime", "healthy.For < TimeSpan.Zero")),
        new(
            "wait for ever for an app that each sweep finds healthy again", 2000,
            new Edit("ReleaseHealth.NeverStays", "healthy.For < rules.BakeTime", "healthy.For < TimeSpan.Zero")),
        new(
            "judge a release by an outage that was there before it", 300,
            new Edit(
                "InstanceFacts.WasDownBefore",
                "Records.Down?.SickSince is { } sick && (sick < DesiredSince || sick < FirstLaunch)",
                "Records.Down is null && DesiredSince is null")),
        new(
            "leave a sick confirmed release alone", 500,
            new Edit(
                "Replacement.Next",
                "last is not null && now - last.LastAt < BackOff[Math.Min(count, BackOff.Length - 1)]",
                "now != default")),
        new(
            "reject a confirmed release", 100,
            new Edit(
                "InstancePolicy.FallbackOf",
                "facts.Records.IsConfirmed(version.Release) ? null : facts.Records.FallbackOf(version.Release)",
                "facts.Records.FallbackOf(version.Release)")),
        new(
            "never tell that the app is down", 200,
            new Edit("DownPolicy.Result", "(_, { Since: not null }) when written.TimesTold > (before?.Since is null ? 0 : before.TimesTold) =>", "(_, { Since: not null }) when written.TimesTold < 0 =>"),
            new Edit("Notification.IsRound", "BitOperations.IsPow2(attempt)", "attempt < 0")),
        new(
            "tell each minute that the app is down", 60,
            new Edit("DownPolicy.BetweenReports", "TimeSpan.FromMinutes(15)", "TimeSpan.FromMinutes(1)")),
        new(
            "call a closed group down", 100,
            new Edit("DownPolicy.Record", "snapshot.IsClosed ?", "snapshot.Records.IsStopped ?")),
        .. RequestMistakes.All,
        new(
            "forget the failures of a release that became healthy", 300,
            new Edit(
                "JudgementPlan.Admit",
                "snapshot.Records.IsConfirmed(snapshot.Desired.Release) ? EmptyAttempts",
                "snapshot.Records.TagCount > 0 ? EmptyAttempts")),
        new(
            "count a machine as lost before its record can be read", 600,
            new Edit("LaunchRules.AfterLoss", "state.CountsFrom ?? now + MaxRecordLag", "state.CountsFrom ?? now - MaxRecordLag")),
        new(
            "never read again whether a silent machine had run the app", 600,
            new Edit(
                "InstanceDetails.IsComplete",
                "HasRunApp || evidence.HasRunApp || !evidence.IsSilent",
                "HasRunApp || evidence.ConsecutiveFailures >= 0")),
        new(
            "forget a release's first launch", 300,
            new Edit("LifecycleSweepRules.FirstLaunch", "now - first >= FirstLaunchAge", "now - first >= TimeSpan.FromDays(1)")),
        .. HandoverMistakes.All,
        .. GitLabMistakes.All,
    ];
}
