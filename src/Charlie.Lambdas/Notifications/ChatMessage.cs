using System.Text.Json.Serialization;

namespace Charlie.Lambdas.Notifications;

/// <summary>A custom notification of Amazon Q Developer in chat applications.</summary>
internal sealed record ChatMessage(string Version, string Source, ChatContent Content, ChatMetadata Metadata);

/// <param name="TextType">How the texts are written.</param>
internal sealed record ChatContent(
    string TextType, string Title, string Description, IReadOnlyList<string> NextSteps, IReadOnlyList<string> Keywords);

/// <param name="ThreadId">Messages of one id are one thread.</param>
internal sealed record ChatMetadata(string ThreadId, string Summary, string EventType, IReadOnlyList<string> RelatedResources);

/// <summary>The JSON that the service takes, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChatMessage))]
internal sealed partial class ChatJson : JsonSerializerContext;
