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
    /// <summary>Reads everything afresh; EC2 is asked only where there is an instance to judge.</summary>
    public async Task<Observation> ObserveAsync()
    {
        var reading = Groups.ReadAsync();
        var records = await Template.ReadAsync();
        var group = await reading;
        var target = Target.Of(records);
        var judged = Observation.JudgedOf(records, target, group);
        var details = judged.IsEmpty ? ImmutableDictionary<string, Ec2Instance>.Empty : await Instances.ReadAsync(judged.Select(instance => instance.Id));
        return new Observation(Time.GetUtcNow(), records, target, group, judged, details);
    }
}
