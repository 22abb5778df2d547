namespace Charlie.Simulation.Environments;

/// <summary>
/// Reads that lag behind writes: while they do, a read may get a response that the same request got a moment ago,
/// and that was true then.
/// </summary>
internal sealed class RememberedResponses<TResponse>(TimeProvider time, Random random)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, List<(DateTimeOffset At, TResponse Response)>> responses = [];

    public TResponse Respond(IPathCall<TResponse> call, FaultInjector faults)
    {
        if (call.ReadKey is not { } key)
        {
            return call.Respond();
        }

        var now = time.GetUtcNow();
        if (!responses.TryGetValue(key, out var known))
        {
            responses[key] = known = [];
        }

        known.RemoveAll(response => now - response.At > Kept);
        var young = faults.Lag > TimeSpan.Zero ? known.FindIndex(response => now - response.At <= faults.Lag) : -1;
        if (young >= 0 && random.Next(2) == 0)
        {
            faults.Count("ReadLagged");
            return known[random.Next(young, known.Count)].Response;
        }

        var response = call.Respond();
        if (call.Succeeded(response))
        {
            known.Add((now, response));
        }

        return response;
    }
}
