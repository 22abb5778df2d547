namespace Charlie.Lambdas.Tests;

public sealed class GitLabSettingsTests
{
    private const string Secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:charlie/gitlab-token-aB3dEf";
    private const string Project = "https://gitlab.com/example/bot";

    [Theory]
    [InlineData(null, "https://gitlab.com/api/v4/")]
    [InlineData("", "https://gitlab.com/api/v4/")]
    [InlineData("https://gitlab.example.com/gitlab/api/v4", "https://gitlab.example.com/gitlab/api/v4/")]
    [InlineData("http://127.0.0.1:4566/api/v4/", "http://127.0.0.1:4566/api/v4/")]
    public void Right_variables_are_read(string? api, string url)
    {
        var settings = GitLabSettings.Read(Project, name => name == "CHARLIE_GITLAB_API" ? api : Secret);
        Assert.Equal((new Uri(url), Secret), (settings.Api, settings.TokenSecret));
    }

    [Theory]
    [InlineData("CHARLIE_GITLAB_API", "http://gitlab.example.com/api/v4")]
    [InlineData("CHARLIE_GITLAB_API", "gitlab.example.com")]
    [InlineData("CHARLIE_GITLAB_TOKEN_SECRET", null)]
    [InlineData("CHARLIE_GITLAB_TOKEN_SECRET", "glpat-1")]
    [InlineData("CHARLIE_GITLAB_TOKEN_SECRET", "arn:aws:ssm:us-east-1:123456789012:parameter/x")]
    public void A_wrong_variable_is_named_with_its_value(string name, string? value)
    {
        var error = Assert.Throws<SettingsException>(() => GitLabSettings.Read(
            Project, one => one == name ? value : one == "CHARLIE_GITLAB_API" ? null : Secret));
        Assert.StartsWith($"{name} is {(value is null ? "not set" : $"'{value}'")}: it must be ", error.Message, StringComparison.Ordinal);
    }
}
