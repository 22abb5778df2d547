using System.Text.Json.Nodes;

namespace Charlie.Sandbox.EventBridge.Patterns;

/// <summary><c>{"numeric": ["=", 5]}</c> or a range, <c>[">", 0, "&lt;=", 5]</c>.</summary>
internal static class NumericExpression
{
    public static ValueMatcher Read(JsonNode? argument)
    {
        if (argument is not JsonArray terms)
        {
            throw new InvalidEventPatternException("Value of numeric must be an array.");
        }

        if (terms.Count is not (2 or 4))
        {
            throw new InvalidEventPatternException(
                terms.Count < 2 ? "Value of equals must be numeric." : "Too many terms in numeric range");
        }

        var tests = terms.Chunk(2).Select(pair => (Operator: Operator(pair[0]), Bound: Bound(pair[1]))).ToList();
        if (tests.Count == 2)
        {
            if (tests[0].Operator is not (">" or ">=") || tests[1].Operator is not ("<" or "<="))
            {
                throw new InvalidEventPatternException("Bad numeric range operator");
            }

            if (tests[0].Bound >= tests[1].Bound)
            {
                throw new InvalidEventPatternException("Bottom must be less than top");
            }
        }

        return new AnyMatcher(value =>
            Values.Number(value) is { } number
            && Math.Abs(number) <= Values.GreatestNumber
            && tests.All(test => Holds(number, test.Operator, test.Bound)));
    }

    private static bool Holds(double number, string @operator, double bound) => @operator switch
    {
        "<" => number < bound,
        "<=" => number <= bound,
        ">" => number > bound,
        ">=" => number >= bound,
        _ => number == bound,
    };

    private static string Operator(JsonNode? node) =>
        Values.Text(node as JsonValue) is { } text and ("=" or "<" or "<=" or ">" or ">=")
            ? text
            : throw new InvalidEventPatternException("Unrecognized numeric range operator: " + (node?.ToJsonString() ?? "null"));

    private static double Bound(JsonNode? node)
    {
        var bound = Values.Number(node as JsonValue) ?? throw new InvalidEventPatternException("Value of numeric range must be numeric");
        return Math.Abs(bound) <= Values.GreatestNumber
            ? bound
            : throw new InvalidEventPatternException("Value must be between -5.0E9 and 5.0E9, inclusive");
    }
}
