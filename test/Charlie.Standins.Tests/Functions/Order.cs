using System.Text.Json.Serialization;

namespace Charlie.Standins.Tests.Functions;

internal sealed record Order([property: JsonPropertyName("item")] string Item, [property: JsonPropertyName("count")] int Count);

internal sealed record Receipt(
    [property: JsonPropertyName("requestId")] string RequestId,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("nothing")] string? Nothing = null);

/// <summary>Nothing in it is named for JSON.</summary>
internal sealed record Plain(string FirstName, string XAmzId2);

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(Plain))]
internal sealed partial class OrderJson : JsonSerializerContext;
