using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>The real events, as AWS and the pipeline send them, beside the tests of their types.</summary>
internal static class Example
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 15, 0, 0, TimeSpan.Zero);

    public static readonly AllowedOrigin Allowed =
        new("charlie", "registry.gitlab.com/example/charlie", 4242, "https://gitlab.com/example/charlie");

    /// <summary>Half of a surrogate pair: JSON allows its escape, and no text has it.</summary>
    public const string NoText = "\"\\ud83e\"";

    /// <summary>Values that hardly any field may have; each type of JSON is among them.</summary>
    public static readonly string[] Hostile =
    [
        "null", "true", "{}", "[]", "[\"charlie\"]", "0", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\" \"",
        "\"<script>alert(1)</script>\"", "\"$(reboot)\"", "\"`id`\"", "\"'; DROP TABLE bots; --\"", "\"${jndi:ldap://x}\"",
        "\"../../etc/passwd\"", "\"a\\nb\"", "\"\\u0000\"", "\"\\u001b[2J\"", "\"\\u202e\"", NoText, "\"charlie\\n\"", "\"Charlie\"",
    ];

    public static JsonObject Of(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Events", "Examples", $"{name}.json")))!.AsObject();

    public static EventEnvelope Read(JsonObject document) => ReadText(document.ToJsonString());

    public static EventEnvelope ReadText(string text) =>
        EventEnvelope.Read(JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1024 }).RootElement);

    /// <summary>The event with one field of its detail replaced by any JSON.</summary>
    public static EventEnvelope With(string name, string field, string value)
    {
        var example = Of(name);
        var detail = example["detail"]!.AsObject();
        detail[field] = "\u0001";
        return ReadText(example.ToJsonString().Replace($"\"{field}\":\"\\u0001\"", $"\"{field}\":{value}", StringComparison.Ordinal));
    }

    public static EventEnvelope Without(string name, string field)
    {
        var example = Of(name);
        example["detail"]!.AsObject().Remove(field);
        return Read(example);
    }
}
