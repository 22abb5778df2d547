using System.Collections.Immutable;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Functions;

/// <summary>What one reading of AWS showed.</summary>
/// <param name="Details">EC2's word on the instances that are to be judged.</param>
internal sealed record Observation(
    DateTimeOffset At,
    Records Records,
    Target Target,
    Group Group,
    ImmutableDictionary<string, Ec2Instance> Details)
{
    /// <summary>
    /// The instances that probes say something about: those of the target that wait at the launch hook, or are in
    /// service while the target is not confirmed.
    /// </summary>
    public static IEnumerable<GroupInstance> ToJudge(Records records, Target target, Group group) =>
        group.Instances.Where(instance =>
            records.Version(instance.Version)?.Release == target.Release
            && (instance.IsWaitingAtLaunch || (instance.IsInService && !records.IsConfirmed(target.Release))));

    public ReleaseVersion? VersionOf(GroupInstance instance) => Records.Version(instance.Version);
}
