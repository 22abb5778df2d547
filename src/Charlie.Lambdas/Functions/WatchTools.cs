using System.Collections.Immutable;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Health;

namespace Charlie.Lambdas.Functions;

/// <summary>What a watch reads with and writes with.</summary>
internal sealed record WatchTools(
    LaunchTemplateRecords Template,
    AutoScalingGroups Groups,
    Ec2Instances Instances,
    GroupConvergence Convergence,
    HttpProbe Probe,
    TimeProvider Time)
{
    /// <summary>Reads everything afresh; EC2 is asked only for what it said nothing of yet.</summary>
    public async Task<Observation> ObserveAsync(Observation? before = null)
    {
        var reading = Groups.ReadAsync();
        var records = await Template.ReadAsync();
        return await ObserveAsync(Time.GetUtcNow(), records, await reading, before);
    }

    /// <summary>Reads the group alone: enough while AWS moves instances, since nothing is let in or out by it.</summary>
    public async Task<Observation> ObserveGroupAsync(Observation before) =>
        await ObserveAsync(before.At, before.Records, await Groups.ReadAsync(), before);

    private async Task<Observation> ObserveAsync(DateTimeOffset at, Records records, Group group, Observation? before)
    {
        var target = Target.Of(records);
        var judged = Observation.JudgedOf(records, target, group);
        var details = before?.Details ?? ImmutableDictionary<string, Ec2Instance>.Empty;
        var unknown = judged.Where(instance => details.GetValueOrDefault(instance.Id)?.IsComplete(instance) != true).Select(instance => instance.Id).ToArray();
        foreach (var instance in unknown is [] ? [] : await Instances.ReadAsync(unknown))
        {
            // What was written a moment ago may not be read yet.
            details = details.SetItem(instance.Id, instance with { InServiceAt = instance.InServiceAt ?? details.GetValueOrDefault(instance.Id)?.InServiceAt });
        }

        return new Observation(at, Time.GetUtcNow(), records, target, group, judged, details);
    }
}
