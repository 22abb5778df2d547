using System.Text.Json;
using Amazon.Lambda.Core;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>Records what was asked, and converges.</summary>
internal sealed class RefreshFunction(
    Settings settings,
    LaunchTemplateRecords template,
    AutoScalingGroups groups,
    GroupConvergence convergence,
    TimeProvider time) : IFunction
{
    private readonly Reports reports = new(settings);

    public async Task<DeploymentReport> HandleAsync(JsonElement document, ILambdaContext context)
    {
        var steps = new Steps(context.Logger);
        var envelope = EventEnvelope.Read(document);
        steps.Received(envelope.Source, envelope.DetailType);
        var report = await RouteAsync(envelope, steps);
        steps.Ended(report);
        return report;
    }

    private async Task<DeploymentReport> RouteAsync(EventEnvelope envelope, Steps steps)
    {
        try
        {
            return (envelope.Source, envelope.DetailType) switch
            {
                ("charlie.ci", "Image Pushed") => await PushAsync(Requests.ReadPush(envelope, settings.Origin, time.GetUtcNow()), steps),
                ("charlie.ops", "Rollback Requested") => await RollBackAsync(Requests.ReadRollback(envelope, settings.Origin, time.GetUtcNow()), steps),
                ("aws.events", "Scheduled Event") => await SweepAsync("the sweep found the group on another way", steps),
                (RefreshEnd.Source, _) when RefreshEnd.IsOne(envelope) => RefreshEnd.Read(envelope) == settings.GroupName
                    ? await SweepAsync("an instance refresh of the group ended", steps)
                    : reports.NothingToDo($"an instance refresh of group {Name(RefreshEnd.Read(envelope))} is not Charlie's"),
                (FailedEvent.Source, FailedEvent.DetailType) => await RunAgainAsync(FailedEvent.Read(envelope, time.GetUtcNow()), steps),
                _ => reports.Rejected("an event", $"Refresh does not know source {Name(envelope.Source)} with detail-type {Name(envelope.DetailType)}"),
            };
        }
        catch (InvalidEventException invalid)
        {
            return reports.Rejected($"an event '{envelope.DetailType}'", invalid.Message);
        }
    }

    private async Task<DeploymentReport> PushAsync(Push push, Steps steps)
    {
        var (records, group) = await ObserveAsync(steps);
        switch (RefreshDecision.Decide(push, records))
        {
            case RefreshDecision.Reject reject:
                return reports.Rejected(push, reject.Reason);
            case RefreshDecision.LeaveStale stale:
                return reports.Stale(push, stale.Reason);
            case RefreshDecision.CreateVersion when Refusal.Of(group, settings.Singleton, settings.Strategy) is { } refusal:
                return reports.Refused(push.Release.ToString(), refusal);
            case RefreshDecision.CreateVersion create:
                var (version, warnings) = await template.CreateVersionAsync(create.Push, create.BaseVersion);
                steps.VersionCreated(version, create.BaseVersion.Number);
                foreach (var warning in warnings)
                {
                    steps.VersionDoubtful(version, warning);
                }

                return await ConvergeAsync(records.With(version), group, "a new image was pushed", steps);
            default:
                return await ConvergeAsync(records, group, "its event came again", steps);
        }
    }

    private async Task<DeploymentReport> RollBackAsync(RollbackRequest request, Steps steps)
    {
        var (records, group) = await ObserveAsync(steps);
        switch (RefreshDecision.Decide(request, records, time.GetUtcNow()))
        {
            case RefreshDecision.Reject reject:
                return reports.Rejected($"the rollback from release {request.From}", reject.Reason);
            case RefreshDecision.RaiseFloor raise when Refusal.Of(group, settings.Singleton, settings.Strategy) is { } refusal:
                return reports.Refused(raise.Floor.GoBackTo.ToString(), refusal);
            case RefreshDecision.RaiseFloor raise:
                await template.WriteMarkAsync(raise.Floor.Key, raise.Floor.Value);
                steps.FloorRaised(raise.Floor);
                return await ConvergeAsync(
                    records.With(raise.Floor), group, $"release {request.From} was rolled back by request ({request.Reason})", steps);
            case RefreshDecision.LeaveStale stale:
                return reports.Stale(request, stale.Reason);
            case var other:
                throw new InvalidOperationException($"A rollback request is never answered by {other.GetType().Name}.");
        }
    }

    private async Task<DeploymentReport> RunAgainAsync(EventEnvelope? failed, Steps steps)
    {
        if (failed is null)
        {
            return reports.NothingToDo("the failed event is not one to run again, or is too old");
        }

        steps.RunAgain(failed.Source, failed.DetailType);
        return await RouteAsync(failed, steps);
    }

    private async Task<DeploymentReport> SweepAsync(string reason, Steps steps)
    {
        var (records, group) = await ObserveAsync(steps);
        var target = Target.Of(records);
        var now = time.GetUtcNow();
        if (InstanceRefresh.FloorOf(group, target, records, now) is { } floor)
        {
            await template.WriteMarkAsync(floor.Key, floor.Value);
            steps.FloorRaised(floor);
            return await ConvergeAsync(records.With(floor), group, $"the group rolled release {floor.From} back", steps);
        }

        if (!Convergence.Towards(target, records, group, settings.Strategy).IsDone)
        {
            return Refusal.Of(group, settings.Singleton, settings.Strategy) is not { } refusal
                ? await ConvergeAsync(records, group, reason, steps)
                : Standstill.IsTold(now) ? reports.Refused(target.Release.ToString(), refusal) : reports.NothingToDo(refusal);
        }

        if (Standstill.IsTold(now) && Standstill.IsStuck(records, target, group, now))
        {
            return reports.Stuck(target, await groups.ReadLastActivityAsync());
        }

        if (!Pruning.Of(records, group).IsDone)
        {
            await PruneAsync(steps);
        }

        return reports.NothingToDo($"release {target.Release} is what {group.Name} runs or is on its way to");
    }

    // What is forgotten cannot be worked out again, so it is decided from records that were read for nothing else.
    private async Task PruneAsync(Steps steps)
    {
        var (records, group) = await ObserveAsync(steps);
        var pruning = Pruning.Of(records, group);
        await template.PruneAsync(pruning);
        steps.Pruned(pruning);
    }

    private async Task<(Records Records, Group Group)> ObserveAsync(Steps steps)
    {
        var group = groups.ReadAsync();
        var refresh = settings.Strategy is Strategy.Rolling ? groups.ReadRefreshAsync() : Task.FromResult<InstanceRefresh?>(null);
        var records = await template.ReadAsync();
        foreach (var mark in records.Unreadable)
        {
            steps.Unreadable(mark);
        }

        return (records, await group with { Refresh = await refresh });
    }

    private async Task<DeploymentReport> ConvergeAsync(Records records, Group group, string reason, Steps steps)
    {
        var target = Target.Of(records);
        if (target.Version is not { } version)
        {
            throw new InvalidOperationException(
                $"Release {target.Release} should run, and launch template {settings.LaunchTemplateId} has no version of it any more: push a release, or roll back to one that has a version.");
        }

        var plan = Convergence.Towards(target, records, group, settings.Strategy);
        if (!plan.IsDone && Refusal.Of(group, settings.Singleton, settings.Strategy) is { } refusal)
        {
            return reports.Refused(target.Release.ToString(), refusal);
        }

        var timings = await convergence.ApplyAsync(plan, target.Release, steps);
        return plan.IsDone
            ? reports.AlreadyCurrent(version)
            : reports.Started(version, records.Version(group.Pin)?.Image, reason, timings);
    }

    private static string Name(string? word) => word is null ? "(none)" : $"'{Printable.Of(word, 80)}'";
}
