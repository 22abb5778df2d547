using Amazon.Lambda.Core;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Functions;

/// <summary>The functions' log: one line a step, each written in one place, with its facts as fields.</summary>
internal sealed class Steps(ILambdaLogger log)
{
    public void Received(string? source, string? detailType) =>
        log.LogInformation("Received {source} {detailType}", source ?? "nothing", detailType ?? "nothing");

    public void Unreadable(string mark) =>
        log.LogWarning("The launch template's tag {mark} is no mark of Charlie's and says nothing; delete it or put it right", mark);

    public void VersionCreated(ReleaseVersion version, long baseVersion) =>
        log.LogInformation(
            "Created launch template version {version} for release {deployment} from base {base} with image {image}",
            version.Number, version.Release.ToString(), baseVersion, version.Image ?? "");

    public void VersionDoubtful(ReleaseVersion version, string warning) =>
        log.LogWarning(
            "EC2 warns about launch template version {version} of release {deployment}: {warning}; check the base version's settings",
            version.Number, version.Release.ToString(), warning);

    public void FloorRaised(Floor floor) =>
        log.LogWarning(
            "Raised the floor: releases up to {deployment} are rejected, going back to {goBackTo}: {reason}",
            floor.Rejected.ToString(), floor.GoBackTo.ToString(), floor.Why);

    public void Pruned(Pruning pruning) =>
        log.LogInformation(
            "Pruned marks {marks} and launch template versions {versions}",
            string.Join(' ', pruning.MarkKeys), string.Join(' ', pruning.Versions));

    public void RunAgain(string? source, string? detailType) =>
        log.LogInformation("Running the failed event {source} {detailType} once more", source ?? "nothing", detailType ?? "nothing");

    public void ReportLeft(ReportedMark mark) =>
        log.LogInformation("The report that release {deployment} is {outcome} left the house", mark.Release.ToString(), mark.Kind.ToString());

    public void Pinned(ReleaseVersion version) =>
        log.LogInformation("Pinned version {version} of release {deployment}", version.Number, version.Release.ToString());

    public void Terminated(string instance, Release target) =>
        log.LogInformation("Terminating {instance} to make room for release {deployment}", instance, target.ToString());

    public void RefreshStarted(ReleaseVersion version) =>
        log.LogInformation("Started an instance refresh to version {version} of release {deployment}", version.Number, version.Release.ToString());

    public void RefreshCancelled(InstanceRefresh refresh, Release target) =>
        log.LogInformation("Cancelled instance refresh {refresh}, since release {deployment} should run", refresh.Id, target.ToString());

    public void RefreshRolledBack(InstanceRefresh refresh, Release target) =>
        log.LogWarning("Rolling instance refresh {refresh} back to release {deployment}", refresh.Id, target.ToString());

    public void RefreshMovedOn() =>
        log.LogInformation("The group's instance refresh moved on meanwhile; reading again");

    public void Judged(ReleaseVersion? version, string instance, LifecycleDecision decision) =>
        log.LogInformation(
            "Decided {decision} about {instance} of release {deployment}, version {version}",
            decision.GetType().Name, instance, version?.Release.ToString() ?? "unknown", version?.Number ?? 0);

    public void AlreadyCompleted(string instance) =>
        log.LogInformation("The lifecycle action of {instance} was completed by somebody else; reading again", instance);

    public void Ended(Events.DeploymentReport report) =>
        log.LogInformation(
            "{outcome}: {summary} (release {deployment}, instance {instance}, version {version})",
            report.Outcome.ToString(), report.Summary, report.Release ?? "", report.InstanceId ?? "", report.Version ?? 0);
}
