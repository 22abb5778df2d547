using System.Net;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.EventBridge.Patterns;

/// <summary>The match expressions of content filtering, <c>{"prefix": "..."}</c> and its kin.</summary>
internal static class MatchExpressions
{
    public static ValueMatcher Read(string name, JsonNode? argument) => name switch
    {
        "exactly" => OfText(name, argument, (value, wanted) => value == wanted),
        "prefix" => Affix(name, argument, (value, wanted, how) => value.StartsWith(wanted, how)),
        "suffix" => Affix(name, argument, (value, wanted, how) => value.EndsWith(wanted, how)),
        "equals-ignore-case" => OfText(name, argument, (value, wanted) => value.Equals(wanted, StringComparison.OrdinalIgnoreCase)),
        "wildcard" => new AnyMatcher(WildcardTest(argument)),
        "numeric" => NumericExpression.Read(argument),
        "exists" => Exists(argument),
        "cidr" => Cidr(argument),
        "anything-but" => AnythingBut(argument),
        _ => throw new InvalidEventPatternException($"Unrecognized match type {name}"),
    };

    private static ExistsMatcher Exists(JsonNode? argument) =>
        argument is JsonValue value && value.TryGetValue<bool>(out var wanted)
            ? new ExistsMatcher(wanted)
            : throw new InvalidEventPatternException("exists match pattern must be either true or false.");

    private static AnyMatcher OfText(string name, JsonNode? argument, Func<string, string, bool> test)
    {
        var wanted = WantedText(name, argument);
        return new AnyMatcher(value => Values.Text(value) is { } text && test(text, wanted));
    }

    private static AnyMatcher Affix(string name, JsonNode? argument, Func<string, string, StringComparison, bool> test)
    {
        var how = StringComparison.Ordinal;
        if (argument is JsonObject { Count: 1 } inner && inner.TryGetPropertyValue("equals-ignore-case", out var ignoring))
        {
            how = StringComparison.OrdinalIgnoreCase;
            argument = ignoring;
        }

        var wanted = WantedText(name, argument);
        return new AnyMatcher(value => Values.Text(value) is { } text && test(text, wanted, how));
    }

    private static string WantedText(string name, JsonNode? argument) =>
        Values.Text(argument as JsonValue) ?? throw new InvalidEventPatternException($"{name} match pattern must be a string");

    /// <summary>Matches any value that the field has and that is none of those named.</summary>
    private static AnyMatcher AnythingBut(JsonNode? argument)
    {
        switch (argument)
        {
            case JsonObject { Count: 1 } inner:
                var (name, operand) = inner.First();
                if (name is not ("prefix" or "suffix" or "equals-ignore-case" or "wildcard"))
                {
                    throw new InvalidEventPatternException($"Unsupported anything-but pattern: {name}");
                }

                List<JsonNode?> operands = operand is JsonArray many ? [.. Filled(many)] : [operand];
                var refused = operands.Select(one => Refused(name, one)).ToList();
                return new AnyMatcher(value => !refused.Any(matcher => matcher.Matches([value])));
            case JsonArray list:
                var values = Filled(list).Select(Scalar).ToList();
                if (values.Select(value => Values.Text(value) is null).Distinct().Count() > 1)
                {
                    throw new InvalidEventPatternException(
                        "Inside anything but list, either all values are number or string, mixed type is not supported");
                }

                return new AnyMatcher(value => !values.Any(refusedValue => Values.Same(value, refusedValue)));
            default:
                var single = Scalar(argument);
                return new AnyMatcher(value => !Values.Same(value, single));
        }
    }

    private static ValueMatcher Refused(string name, JsonNode? operand) =>
        name is "prefix" or "suffix" && Values.Text(operand as JsonValue) is ""
            ? throw new InvalidEventPatternException("Null prefix/suffix not allowed")
            : Read(name, operand);

    private static JsonArray Filled(JsonArray list) =>
        list.Count > 0 ? list : throw new InvalidEventPatternException("Empty arrays are not allowed");

    private static JsonValue Scalar(JsonNode? node) =>
        node is JsonValue value && (Values.Text(value) is not null || Values.Number(value) is not null)
            ? value
            : throw new InvalidEventPatternException("Value of anything-but must be an array or single string/number value.");

    private static AnyMatcher Cidr(JsonNode? argument)
    {
        var text = WantedText("cidr", argument);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPAddress.TryParse(text[..slash], out var network) || !int.TryParse(text[(slash + 1)..], out var bits)
            || bits < 0 || bits > network.GetAddressBytes().Length * 8)
        {
            throw new InvalidEventPatternException($"Malformed CIDR, one '/' required: {text}");
        }

        return new AnyMatcher(value => IPAddress.TryParse(Values.Text(value), out var address) && InNetwork(address, network, bits));
    }

    private static bool InNetwork(IPAddress address, IPAddress network, int bits)
    {
        var left = address.GetAddressBytes();
        var right = network.GetAddressBytes();
        return left.Length == right.Length
            && Enumerable.Range(0, bits).All(bit => ((left[bit / 8] ^ right[bit / 8]) & (0x80 >> (bit % 8))) == 0);
    }

    /// <summary>An asterisk stands for any characters; <c>\*</c> and <c>\\</c> stand for themselves.</summary>
    private static Func<JsonValue?, bool> WildcardTest(JsonNode? argument)
    {
        var text = WantedText("wildcard", argument);
        var parts = new List<string> { "" };
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '*' when at > 0 && text[at - 1] == '*' && parts[^1].Length == 0:
                    throw new InvalidEventPatternException($"Consecutive wildcard characters at pos {at - 1}");
                case '*':
                    parts.Add("");
                    break;
                case '\\' when at + 1 < text.Length && text[at + 1] is '*' or '\\':
                    parts[^1] += text[++at];
                    break;
                case '\\':
                    throw new InvalidEventPatternException($"Invalid escape character at pos {at}");
                default:
                    parts[^1] += text[at];
                    break;
            }
        }

        return value => Values.Text(value) is { } candidate && Fits(candidate, parts);
    }

    private static bool Fits(string text, List<string> parts)
    {
        if (parts.Count == 1)
        {
            return text == parts[0];
        }

        if (!text.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
