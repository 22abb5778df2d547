using System.Text.Json.Nodes;

namespace Charlie.Deploy.Tests;

/// <summary>The names of branches that the deploy job and Refresh have to take, and those that both refuse.</summary>
internal static class RefNames
{
    private static readonly JsonNode All = JsonNode.Parse(Repository.Read("test/Shared/ref-names.json"))!;

    public static IEnumerable<string> Of(string kind) => All[kind]!.AsArray().Select(name => (string)name!);
}
