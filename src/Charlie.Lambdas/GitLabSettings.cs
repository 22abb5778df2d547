using Charlie.Lambdas.Text;

namespace Charlie.Lambdas;

/// <summary>What only the function GitLab is told, read once at start from environment variables and checked.</summary>
internal sealed record GitLabSettings
{
    /// <summary>The API's URL, which ends with a slash.</summary>
    public required Uri Api { get; init; }

    /// <summary>The ARN of the secret that is the access token.</summary>
    public required string TokenSecret { get; init; }

    /// <summary>The API of the GitLab that a project's URL names.</summary>
    /// <param name="projectUrl">The project's URL.</param>
    /// <param name="variable">The environment.</param>
    /// <exception cref="SettingsException">Names the variable that is wrong, and what is allowed.</exception>
    public static GitLabSettings Read(string projectUrl, Func<string, string?> variable) => new()
    {
        Api = ReadApi(projectUrl, variable),
        TokenSecret = variable("CHARLIE_GITLAB_TOKEN_SECRET") is { } arn
            && arn.Split(':') is ["arn", _, "secretsmanager", { Length: > 0 }, _, "secret", { Length: > 0 }]
            ? arn
            : throw Wrong("CHARLIE_GITLAB_TOKEN_SECRET", variable, "the ARN of a secret"),
    };

    // The token is sent there: only https, or the machine itself.
    private static Uri ReadApi(string projectUrl, Func<string, string?> variable) =>
        variable("CHARLIE_GITLAB_API") is not { Length: > 0 } given
            ? new Uri(new Uri(projectUrl), "/api/v4/")
            : Uri.TryCreate(given.EndsWith('/') ? given : given + "/", UriKind.Absolute, out var api)
                && (api.Scheme == Uri.UriSchemeHttps || (api.Scheme == Uri.UriSchemeHttp && api.IsLoopback))
                ? api
                : throw Wrong("CHARLIE_GITLAB_API", variable, "an https URL, such as https://gitlab.example.com/api/v4");

    private static SettingsException Wrong(string name, Func<string, string?> variable, string allowed) =>
        new($"{name} is {(variable(name) is { } value ? $"'{SingleLineText.Of(value, 80)}'" : "not set")}: it must be {allowed}.");
}
