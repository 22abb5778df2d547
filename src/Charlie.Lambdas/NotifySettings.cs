using System.Text.RegularExpressions;
using Charlie.Lambdas.Notifications;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas;

/// <summary>What only Notify is told, read once at start from environment variables and checked.</summary>
internal sealed partial record NotifySettings
{
    /// <summary>The ARN of the topic.</summary>
    public required string Topic { get; init; }

    public required ITexts Texts { get; init; }

    /// <summary>Each function's log group, by the function's name.</summary>
    public required IReadOnlyDictionary<string, string> LogGroups { get; init; }

    /// <summary>The ARN of the chat's topic; <c>null</c> where there is none.</summary>
    public string? ChatTopic { get; init; }

    /// <summary>What a subject says beside the app; <c>null</c> for nothing.</summary>
    public string? Environment { get; init; }

    /// <exception cref="SettingsException">Names the variable that is wrong, and what is allowed.</exception>
    public static NotifySettings Read(Func<string, string?> variable) => new()
    {
        Topic = TopicOf("CHARLIE_TOPIC", variable),
        ChatTopic = string.IsNullOrEmpty(variable("CHARLIE_CHAT_TOPIC")) ? null : TopicOf("CHARLIE_CHAT_TOPIC", variable),
        Texts = Languages.Find(variable("CHARLIE_LANGUAGE")) ?? throw Wrong("CHARLIE_LANGUAGE", variable, Languages.Allowed),
        LogGroups = Pairs(variable("CHARLIE_LOG_GROUPS"))
            ?? throw Wrong("CHARLIE_LOG_GROUPS", variable, "function=group, separated by spaces"),
        Environment = string.IsNullOrEmpty(variable("CHARLIE_ENVIRONMENT")) ? null
            : EnvironmentName().IsMatch(variable("CHARLIE_ENVIRONMENT")!) ? variable("CHARLIE_ENVIRONMENT")
            : throw Wrong("CHARLIE_ENVIRONMENT", variable, "up to 24 letters, digits, spaces or ._/-"),
    };

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9 ._/-]{0,23}\z")]
    private static partial Regex EnvironmentName();

    private static string TopicOf(string name, Func<string, string?> variable) =>
        variable(name) is { } topic && topic.Split(':') is ["arn", _, "sns", { Length: > 0 }, _, { Length: > 0 }]
            ? topic
            : throw Wrong(name, variable, "the ARN of an SNS topic");

    private static Dictionary<string, string>? Pairs(string? text)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var pair in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=') is not [{ Length: > 0 } function, { Length: > 0 } group])
            {
                return null;
            }

            pairs[function] = group;
        }

        return pairs.Count > 0 ? pairs : null;
    }

    private static SettingsException Wrong(string name, Func<string, string?> variable, string allowed) =>
        new($"{name} is {(variable(name) is { } value ? $"'{SingleLineText.Of(value, 80)}'" : "not set")}: it must be {allowed}.");
}
