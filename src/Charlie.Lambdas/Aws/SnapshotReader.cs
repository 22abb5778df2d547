using System.Collections.Immutable;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Aws;

/// <summary>Reads a <see cref="Snapshot"/>: records and group side by side.</summary>
internal sealed class SnapshotReader(RecordsReader records, GroupReader groups, InstanceReader instances, TimeProvider time)
{
    /// <summary>
    /// Records and group; with strategy Rolling also the group's newest instance refresh, with Handover its next scheduled action.
    /// </summary>
    /// <param name="readsInstances">
    /// The times of the instances too: of their launch and their entry into service. They are read by themselves while a restart is open.
    /// </param>
    public async Task<Snapshot> ReadAsync(Strategy strategy, bool readsInstances)
    {
        var group = groups.ReadAsync();
        var refresh = strategy is Strategy.Rolling ? groups.ReadRefreshAsync() : Task.FromResult<InstanceRefresh?>(null);
        var scheduled = strategy is Strategy.Handover
            ? groups.ReadNextScheduledActionAsync(time.GetUtcNow())
            : Task.FromResult<DateTimeOffset?>(null);
        var read = await records.ReadAsync();
        var at = time.GetUtcNow();
        var snapshot = new Snapshot(
            at, at, read, await group with { Refresh = await refresh, NextScheduledAction = await scheduled })
        {
            IsRefreshRead = strategy is Strategy.Rolling,
        };
        return readsInstances || RestartPlan.IsOpen(snapshot) ? await WithLaunchTimesAsync(snapshot) : snapshot;
    }

    /// <summary>Records, group and the instances to judge; EC2 is asked only for those that it did not describe whole before.</summary>
    /// <param name="before">What this run read, probed and did so far; <c>null</c> at its begin.</param>
    /// <param name="serving">Also those instances in service that only a sweep probes.</param>
    public async Task<Snapshot> ReadWithInstancesAsync(Snapshot? before, bool serving)
    {
        var group = groups.ReadAsync();
        var read = await records.ReadAsync();
        return await WithInstancesAsync(time.GetUtcNow(), read, await group, before, serving);
    }

    /// <summary>The group alone, and instances that it did not list before.</summary>
    public async Task<Snapshot> ReadGroupAsync(Snapshot before) =>
        await WithInstancesAsync(before.RecordsReadAt, before.Records, await groups.ReadAsync(), before, serving: false);

    public async Task<Snapshot> ReadRefreshAsync(Snapshot before) =>
        before.With(before.Records, before.Group with { Refresh = await groups.ReadRefreshAsync() }) with { IsRefreshRead = true };

    public async Task<Snapshot> ReadLastActivityAsync(Snapshot before) =>
        before with { LastActivity = await groups.ReadLastActivityAsync() };

    private async Task<Snapshot> WithLaunchTimesAsync(Snapshot snapshot)
    {
        string[] ids = [.. snapshot.Group.Instances.Select(instance => instance.Id)];
        var read = ids is [] ? [] : await instances.ReadAsync(ids);
        return snapshot with { Details = read.ToImmutableDictionary(instance => instance.Id) };
    }

    private async Task<Snapshot> WithInstancesAsync(DateTimeOffset recordsReadAt, Records read, Group group, Snapshot? before, bool serving)
    {
        var snapshot = new Snapshot(recordsReadAt, time.GetUtcNow(), read, group);
        var (details, evidence) = (before?.Details ?? snapshot.Details, before?.Evidence ?? snapshot.Evidence);
        var unknown = (serving || RestartPlan.IsOpen(snapshot) ? snapshot.ToProbe.Concat(snapshot.ToWatchOver) : snapshot.ToProbe)
            .Where(instance => details.GetValueOrDefault(instance.Id)?.IsComplete(
                instance, evidence.GetValueOrDefault(instance.Id, HealthEvidence.None)) != true)
            .Select(instance => instance.Id)
            .ToArray();
        foreach (var instance in unknown is [] ? [] : await instances.ReadAsync(unknown))
        {
            // What was written a moment ago may not be read yet.
            details = details.SetItem(
                instance.Id, instance with { InServiceAt = instance.InServiceAt ?? details.GetValueOrDefault(instance.Id)?.InServiceAt });
        }

        return snapshot with
        {
            GroupReadAt = time.GetUtcNow(),
            Details = details,
            Evidence = evidence,
            Done = before?.Done ?? snapshot.Done,
            LastActivity = before?.LastActivity,
        };
    }
}
