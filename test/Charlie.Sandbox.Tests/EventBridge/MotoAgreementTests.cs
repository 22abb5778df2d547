using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge.Patterns;

namespace Charlie.Sandbox.Tests.EventBridge;

public sealed class MotoAgreementTests
{
    private const string Program = """
        import sys, json
        try:
            from moto.events.models import EventPattern
        except ImportError:
            sys.exit(42)
        for line in sys.stdin:
            pattern, event = json.loads(line)
            print(EventPattern.load(json.dumps(pattern)).matches_event(event))
        """;

    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly string[] Words = ["run", "running", "stop", "stopped", "x"];

    /// <summary>Random patterns on random events: moto, which was not written here, has to give the same responses.</summary>
    [Fact]
    public async Task Random_patterns_match_as_they_do_in_moto()
    {
        const int seed = 7;
        var random = new Random(seed);
        var pairs = Enumerable.Range(0, 3000).Select(_ => (Pattern: Pattern(random, depth: 2), Event: Event(random, depth: 2))).ToList();
        var ours = pairs.Select(pair => EventPattern.Parse(pair.Pattern.ToJsonString()).Matches(pair.Event)).ToList();
        var theirs = await MatchInMotoAsync(
            pairs.Select(pair => new JsonArray(pair.Pattern.DeepClone(), pair.Event.DeepClone()).ToJsonString()));
        for (var at = 0; at < pairs.Count; at++)
        {
            Assert.True(ours[at] == theirs[at], $"seed {seed}, pair {at}: {pairs[at].Pattern.ToJsonString()} on {pairs[at].Event.ToJsonString()}: sandbox {ours[at]}, moto {theirs[at]}");
        }

        Assert.InRange(ours.Count(match => match), pairs.Count / 20, pairs.Count * 19 / 20);
    }

    private static async Task<List<bool>> MatchInMotoAsync(IEnumerable<string> lines)
    {
        var (code, responses, errors) = await Tool.RunAsync("python3", ["-c", Program], input: string.Join('\n', lines));
        Assert.SkipWhen(code == 42, "moto is not installed for python3.");
        Assert.True(code == 0, errors);
        return [.. responses.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(bool.Parse)];
    }

    private static JsonObject Event(Random random, int depth)
    {
        var made = new JsonObject();
        foreach (var name in Names)
        {
            switch (random.Next(depth > 0 ? 7 : 5))
            {
                case 0:
                    break;
                case 1:
                    made[name] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Scalar(random))]);
                    break;
                case < 5:
                    made[name] = Scalar(random);
                    break;
                default:
                    // Moto takes an empty object for a value; EventBridge does not.
                    var inner = Event(random, depth - 1);
                    made[name] = inner.Count > 0 ? inner : Scalar(random);
                    break;
            }
        }

        return made;
    }

    private static JsonObject Pattern(Random random, int depth)
    {
        var made = new JsonObject();
        foreach (var name in Names.Where(_ => random.Next(3) > 0).DefaultIfEmpty("a"))
        {
            made[name] = depth > 0 && random.Next(4) == 0
                ? Pattern(random, depth - 1)
                : new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Matcher(random))]);
        }

        if (random.Next(5) == 0)
        {
            made["$or"] = new JsonArray(Pattern(random, 0), Pattern(random, 0));
        }

        return made;
    }

    private static JsonNode? Matcher(Random random) => random.Next(9) switch
    {
        0 => new JsonObject { ["prefix"] = Word(random)[..1] },
        1 => new JsonObject { ["suffix"] = Word(random)[^1..] },
        2 => new JsonObject { ["exists"] = random.Next(2) == 0 },
        3 => new JsonObject { ["anything-but"] = random.Next(2) == 0 ? Word(random) : random.Next(5, 9) },
        4 => new JsonObject { ["anything-but"] = new JsonObject { ["prefix"] = Word(random)[..1] } },
        5 => new JsonObject { ["numeric"] = random.Next(2) == 0 ? new JsonArray(">", 5, "<=", 7) : new JsonArray("=", random.Next(5, 9)) },
        6 => new JsonObject { ["equals-ignore-case"] = Word(random).ToUpperInvariant() },
        7 => new JsonObject { ["wildcard"] = Word(random)[..1] + "*" + Word(random)[^1..] },
        _ => Scalar(random),
    };

    /// <summary>No number 0 or 1: Python takes them for false and true.</summary>
    private static JsonNode? Scalar(Random random) => random.Next(6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 or 3 => random.Next(5, 9),
        _ => Word(random),
    };

    private static string Word(Random random) => Words[random.Next(Words.Length)];
}
