using System.Collections.Immutable;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Functions;

/// <summary>What one reading of AWS showed.</summary>
/// <param name="At">When the records were read.</param>
/// <param name="GroupAt">When the group was.</param>
/// <param name="ToJudge">
/// The instances that probes say something about: those of the target that wait at the launch hook, or are in service
/// while the target is not confirmed.
/// </param>
/// <param name="Details">EC2's word on the instances that are to be judged.</param>
internal sealed record Observation(
    DateTimeOffset At,
    DateTimeOffset GroupAt,
    Records Records,
    Target Target,
    Group Group,
    ImmutableArray<GroupInstance> ToJudge,
    ImmutableDictionary<string, Ec2Instance> Details)
{
    /// <summary>Of the target's instances that wait at the launch hook the first by id: its watch looks at the others too.</summary>
    public string? Leader => ToJudge.Where(instance => instance.IsWaitingAtLaunch).Select(instance => instance.Id).Min(StringComparer.Ordinal);

    /// <summary>Whether a newer push could end a wait: what is in service Refresh replaces by itself.</summary>
    public bool HasWaiting => Group.Instances.Any(instance => instance.IsWaitingAtLaunch);

    public static ImmutableArray<GroupInstance> JudgedOf(Records records, Target target, Group group)
    {
        var confirmed = records.IsConfirmed(target.Release);
        return
        [
            .. group.Instances.Where(instance =>
                (instance.IsWaitingAtLaunch || (instance.IsInService && !confirmed))
                && records.Version(instance.Version)?.Release == target.Release),
        ];
    }

    /// <summary>With what was just written down about an instance.</summary>
    public Observation WithInService(string id, DateTimeOffset at) =>
        this with { Details = Details.SetItem(id, (Details.GetValueOrDefault(id) ?? new Ec2Instance(id, null, null, null)) with { InServiceAt = at }) };

    public ReleaseVersion? VersionOf(GroupInstance instance) => Records.Version(instance.Version);
}
