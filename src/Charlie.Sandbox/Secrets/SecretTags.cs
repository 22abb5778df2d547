using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Secrets;

/// <summary>The tags of a secret, within Secrets Manager's limits.</summary>
internal static class SecretTags
{
    private const int MaxTags = 50;
    private const int MaxKey = 128;
    private const int MaxValue = 256;

    /// <exception cref="AwsException">A key or a value is missing or too long, or the prefix is AWS's own.</exception>
    public static IReadOnlyDictionary<string, string> Read(JsonArguments arguments)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in arguments.Objects("Tags") ?? [])
        {
            var key = tag.Required("Key", MaxKey);
            tags[key] = key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
                ? throw new AwsException("InvalidParameterException", "Tag keys that begin with aws: are reserved.")
                : tag.Text("Value", MaxValue) ?? "";
        }

        return tags;
    }

    /// <summary>Tags with others, which take the place of those with the same key.</summary>
    /// <exception cref="AwsException">They are more than a secret has.</exception>
    public static SortedDictionary<string, string> With(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> more)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in before.Concat(more))
        {
            tags[key] = value;
        }

        return tags.Count <= MaxTags
            ? tags
            : throw new AwsException("InvalidParameterException", $"A secret has {MaxTags} tags at most.");
    }

    public static JsonArray Write(IReadOnlyDictionary<string, string> tags) =>
        [.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })];
}
