using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

/// <summary>One call, as IAM sees it: the action, one of the resources that it touches, and the request's context.</summary>
/// <param name="Action">Such as <c>ec2:RunInstances</c>.</param>
/// <param name="Resource">An ARN; a call that touches several is asked once for each.</param>
/// <param name="Context">Condition keys with their values; a key that is absent is absent from the request.</param>
internal sealed record IamRequest(string Action, string Resource, params (string Key, string[] Values)[] Context);

/// <summary>
/// Decides by a list of policy statements as IAM does: a Deny wins, else an Allow is needed. Principals are not read, as in an identity
/// policy and a service control policy; an operator or a member that is not known throws.
/// </summary>
internal static partial class PolicyEvaluator
{
    private static readonly string[] Members = ["Sid", "Effect", "Action", "Resource", "Condition", "Principal"];

    /// <returns>Whether the statements allow the request.</returns>
    public static bool Allows(IEnumerable<JsonNode> statements, IamRequest request)
    {
        var matching = statements.Where(one => Matches(one, request)).Select(one => (string)one["Effect"]!).ToList();
        return !matching.Contains("Deny") && matching.Contains("Allow");
    }

    /// <returns>Whether a statement denies the request, whatever others allow.</returns>
    public static bool Denies(IEnumerable<JsonNode> statements, IamRequest request) =>
        statements.Any(statement => (string)statement["Effect"]! == "Deny" && Matches(statement, request));

    private static bool Matches(JsonNode statement, IamRequest request)
    {
        Assert.Empty(statement.AsObject().Select(member => member.Key).Except(Members));
        return Template.Strings(statement["Action"]).Any(pattern => IsLike(pattern, request.Action, RegexOptions.IgnoreCase))
            && (statement["Resource"] is null || Template.Strings(statement["Resource"]).Any(pattern => IsLike(pattern, request.Resource)))
            && (statement["Condition"]?.AsObject() ?? []).All(test => test.Value!.AsObject()
                .All(key => Holds(
                    test.Key, key.Key, [.. Template.Strings(key.Value).Select(value => WithVariables(value, request))], request)));
    }

    private static bool Holds(string name, string key, string[] wanted, IamRequest request)
    {
        var given = Given(request, key);
        if (name is "Null")
        {
            return (given is null) == (wanted.Single() == "true");
        }

        var (set, test) = name.Split(':') is [var first, var second] ? (first, second) : ("", name);
        if (test.EndsWith("IfExists", StringComparison.Ordinal))
        {
            if (given is null)
            {
                return true;
            }

            test = test[..^"IfExists".Length];
        }

        Func<string, bool> holds = test switch
        {
            "StringEquals" or "Bool" => value => wanted.Contains(value),
            "StringNotEquals" => value => !wanted.Contains(value),
            "StringLike" or "ArnEquals" or "ArnLike" => value => wanted.Any(pattern => IsLike(pattern, value)),
            "StringNotLike" or "ArnNotEquals" or "ArnNotLike" => value => !wanted.Any(pattern => IsLike(pattern, value)),
            _ => throw new InvalidDataException($"The operator {name} is not known here."),
        };
        return set switch
        {
            // No value at all satisfies it.
            "ForAllValues" => (given ?? []).All(holds),
            "ForAnyValue" => (given ?? []).Any(holds),
            // A key that is absent satisfies the negated operators only.
            "" => given is null ? test.Contains("Not", StringComparison.Ordinal) : holds(Assert.Single(given)),
            _ => throw new InvalidDataException($"The operator {name} is not known here."),
        };
    }

    private static string[]? Given(IamRequest request, string key) =>
        request.Context.Where(one => string.Equals(one.Key, key, StringComparison.OrdinalIgnoreCase))
            .Select(one => one.Values).FirstOrDefault();

    // A variable whose key is absent makes a value that nothing matches.
    private static string WithVariables(string value, IamRequest request) =>
        Variable().Replace(value, name => Given(request, name.Groups[1].Value) is [var one] ? one : "\0");

    // Of IAM's patterns "*" is any text, and "?" any character.
    private static bool IsLike(string pattern, string text, RegexOptions options = RegexOptions.None) => Regex.IsMatch(
        text,
        "\\A" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "\\z",
        options | RegexOptions.Singleline | RegexOptions.NonBacktracking);

    [GeneratedRegex(@"\$\{([A-Za-z0-9:/-]+)\}")]
    private static partial Regex Variable();
}
