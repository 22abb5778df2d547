using System.Text.Json;
using System.Text.Json.Serialization;

namespace Charlie.Lambdas.Reports;

/// <summary>The JSON that goes through the functions' doors, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(DeploymentReport))]
internal sealed partial class CharlieJson : JsonSerializerContext;
