namespace Charlie.Lambdas.Notifications;

/// <summary>A notification as people get it.</summary>
/// <param name="Subject">One line of at most 100 ASCII characters, as SNS takes it.</param>
/// <param name="Body">Plain text in lines of at most 78 columns; only a link may be longer.</param>
internal sealed record Mail(string Subject, string Body);
