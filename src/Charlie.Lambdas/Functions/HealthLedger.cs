using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Functions;

/// <summary>The evidence that one watch gathers, instance by instance.</summary>
internal sealed class HealthLedger(WatchTools tools)
{
    // Connections at once: far below what a function may open, and a thousand instances are asked within seconds.
    private const int MostAtOnce = 100;

    private readonly Dictionary<string, HealthEvidence> evidence = [];

    public HealthEvidence Of(string instance) => evidence.GetValueOrDefault(instance, HealthEvidence.None);

    /// <inheritdoc cref="HealthEvidence.Afresh"/>
    public void BeginAfresh(string instance) => evidence[instance] = Of(instance).Afresh();

    /// <summary>Probes each of the instances once, side by side.</summary>
    public async Task ProbeAsync(Observation seen, IEnumerable<GroupInstance> instances)
    {
        var asked = instances
            .Select(instance => (Instance: instance, seen.Details.GetValueOrDefault(instance.Id)?.Address))
            .Where(pair => pair.Address is not null);
        foreach (var chunk in asked.Chunk(MostAtOnce))
        {
            var answers = await Task.WhenAll(chunk.Select(pair => tools.Probe.AskAsync(pair.Address!, CancellationToken.None)));
            foreach (var ((instance, _), answer) in chunk.Zip(answers))
            {
                evidence[instance.Id] = Of(instance.Id).Add(answer, seen.VersionOf(instance)?.Image, tools.Time.GetUtcNow());
            }
        }
    }

    /// <summary>How many InService instances of the target were proved by their last probes.</summary>
    public int Proving(Observation seen, int successes) =>
        seen.Group.Instances.Count(instance =>
            instance.IsInService
            && seen.VersionOf(instance)?.Release == seen.Target.Release
            && Of(instance.Id).Proofs >= successes);
}
