using System.Text.Json;
using System.Text.RegularExpressions;

namespace Charlie.Sandbox.Iam;

/// <summary>What roles may do, as the sandbox was told; they deny nothing, and are there to be asked about.</summary>
public sealed class RolePolicies
{
    private static readonly string[] Members = ["Sid", "Effect", "Action", "Resource"];

    private readonly Dictionary<string, IReadOnlyList<Statement>> roles = new(StringComparer.Ordinal);

    /// <summary>Puts a role's only policy, new or anew. Called under the cloud's lock.</summary>
    /// <param name="role">The role's ARN.</param>
    /// <param name="policy">A policy document.</param>
    /// <exception cref="FormatException">It is no policy, or has what is not played: conditions and principals.</exception>
    public void Put(string role, JsonElement policy) =>
        roles[role] = policy.ValueKind == JsonValueKind.Object && policy.TryGetProperty("Statement", out var statements)
            && statements.ValueKind == JsonValueKind.Array
                ? [.. statements.EnumerateArray().Select(Read)]
                : throw new FormatException("policy must be a policy document with a list of statements.");

    /// <summary>Forgets a role, if it is known. Called under the cloud's lock.</summary>
    public void Remove(string role) => roles.Remove(role);

    /// <summary>
    /// IAM's word for it: <c>allowed</c>, <c>explicitDeny</c> or <c>implicitDeny</c>; <c>null</c> where there is no such role.
    /// </summary>
    internal string? Decide(string role, string action, string resource)
    {
        if (!roles.TryGetValue(role, out var statements))
        {
            return null;
        }

        var matching = statements.Where(one => Matches(one.Actions, action, RegexOptions.IgnoreCase)
            && Matches(one.Resources, resource, RegexOptions.None)).ToList();
        return matching.Exists(one => !one.IsAllowed) ? "explicitDeny" : matching.Count > 0 ? "allowed" : "implicitDeny";
    }

    private static Statement Read(JsonElement statement)
    {
        if (statement.ValueKind != JsonValueKind.Object
            || statement.EnumerateObject().FirstOrDefault(member => !Members.Contains(member.Name)) is { Value.ValueKind: not 0 } foreign)
        {
            throw new FormatException("A statement may have Sid, Effect, Action and Resource only.");
        }

        return Texts(statement, "Effect") is ["Allow" or "Deny"] effect
            ? new Statement(effect is ["Allow"], Texts(statement, "Action"), Texts(statement, "Resource"))
            : throw new FormatException("A statement's Effect must be Allow or Deny.");
    }

    private static IReadOnlyList<string> Texts(JsonElement statement, string name) =>
        statement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(one => one.GetString()!)]
            : throw new FormatException($"A statement's {name} must be a text or a list of texts.");

    // Of IAM's patterns "*" is any text, and "?" any character.
    private static bool Matches(IEnumerable<string> patterns, string text, RegexOptions options) => patterns.Any(pattern => Regex.IsMatch(
        text,
        "\\A" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "\\z",
        options | RegexOptions.Singleline | RegexOptions.NonBacktracking));

    private sealed record Statement(bool IsAllowed, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources);
}
