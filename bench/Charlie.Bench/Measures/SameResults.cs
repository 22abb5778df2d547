using System.Text.Json.Nodes;

namespace Charlie.Bench.Measures;

/// <summary>Two contenders that answer differently did not do the same work.</summary>
internal sealed class DifferentResultException(string message) : Exception(message);

/// <summary>Holds every answer to a scene against the first one to it: all but the moments has to be the same.</summary>
internal sealed class SameResults
{
    private readonly Dictionary<string, (string Contender, JsonObject Answer)> first = [];

    /// <exception cref="DifferentResultException">It says what differs.</exception>
    public void Check(string scene, string contender, string answer)
    {
        var report = JsonNode.Parse(answer)?.AsObject() ?? throw new DifferentResultException($"{scene}: {contender} answered {answer}.");
        report.Remove("timings");
        report.Remove("endedAt");
        if (!first.TryGetValue(scene, out var known))
        {
            first[scene] = (contender, report);
        }
        else if (!JsonNode.DeepEquals(known.Answer, report))
        {
            throw new DifferentResultException(
                $"{scene}: {known.Contender} answered{Environment.NewLine}{known.Answer.ToJsonString()}{Environment.NewLine}and {contender}{Environment.NewLine}{report.ToJsonString()}");
        }
    }
}
