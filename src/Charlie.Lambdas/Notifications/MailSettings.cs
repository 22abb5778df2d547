namespace Charlie.Lambdas.Notifications;

/// <summary>What a notification says beside its event.</summary>
/// <param name="App">The stack's app.</param>
/// <param name="LogGroups">Each function's log group, by the function's name.</param>
/// <param name="Environment">What a subject says beside the app, such as <c>production</c>; <c>null</c> for nothing.</param>
internal sealed record MailSettings(string App, IReadOnlyDictionary<string, string> LogGroups, string? Environment = null);
