using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Health;

/// <summary>Probes instances side by side.</summary>
internal sealed class InstanceProber(HttpProbe probe, TimeProvider time)
{
    // Connections at once: far below what a function may open, and a thousand instances are probed within seconds.
    private const int MaxAtOnce = 100;

    /// <summary>Probes once each of the instances that has an address.</summary>
    public async Task<IReadOnlyList<ProbeResult>> ProbeAsync(IEnumerable<string> instances, Snapshot snapshot)
    {
        var results = new List<ProbeResult>();
        var probed = instances
            .Select(id => (Id: id, snapshot.Details.GetValueOrDefault(id)?.Address))
            .Where(pair => pair.Address is not null);
        foreach (var chunk in probed.Chunk(MaxAtOnce))
        {
            var responses = await Task.WhenAll(chunk.Select(pair => probe.ProbeAsync(pair.Address!, CancellationToken.None)));
            results.AddRange(chunk.Zip(responses, (pair, response) => new ProbeResult(pair.Id, response, time.GetUtcNow())));
        }

        return results;
    }
}
