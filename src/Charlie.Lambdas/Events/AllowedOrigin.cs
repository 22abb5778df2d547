namespace Charlie.Lambdas.Events;

/// <summary>What an event may name, from the stack's parameters.</summary>
/// <param name="ImageRepository">The one repository that images come from.</param>
/// <param name="ProjectUrl">The one GitLab project, without a slash at its end.</param>
internal sealed record AllowedOrigin(string App, string ImageRepository, long ProjectId, string ProjectUrl);
