using System.Text.Json.Nodes;

namespace Charlie.Bench.Measures;

/// <summary>Two contenders that respond differently did not do the same work.</summary>
internal sealed class DifferentResultException(string message) : Exception(message);

/// <summary>Holds every response to a scene against the first one to it: all but the moments has to be the same.</summary>
internal sealed class SameResults
{
    private readonly Dictionary<string, (string Contender, JsonObject Response)> first = [];

    /// <exception cref="DifferentResultException">It says what differs.</exception>
    public void Check(string scene, string contender, string response)
    {
        var report = JsonNode.Parse(response)?.AsObject()
            ?? throw new DifferentResultException($"{scene}: {contender} responded with {response}.");
        report.Remove("timings");
        report.Remove("endedAt");
        if (!first.TryGetValue(scene, out var known))
        {
            first[scene] = (contender, report);
        }
        else if (!JsonNode.DeepEquals(known.Response, report))
        {
            throw new DifferentResultException(
                $"{scene}: {known.Contender} responded with{Environment.NewLine}{known.Response.ToJsonString()}{Environment.NewLine}"
                + $"and {contender}{Environment.NewLine}{report.ToJsonString()}");
        }
    }
}
