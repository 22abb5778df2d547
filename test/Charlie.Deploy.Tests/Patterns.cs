using System.Text.Json.Nodes;

namespace Charlie.Deploy.Tests;

/// <summary>The one table of values that the templates, the component, the deploy job's script and the functions take or refuse.</summary>
internal static class Patterns
{
    private static readonly JsonNode All = JsonNode.Parse(Repository.Read("test/Shared/patterns.json"))!;

    /// <param name="value">What kind of value: <c>app</c>, <c>repository</c> ...</param>
    /// <param name="kind"><c>allowed</c> or <c>refused</c>.</param>
    public static IEnumerable<string> Of(string value, string kind) =>
        All[value]![kind]!.AsArray().Select(one => (string)one!);
}
