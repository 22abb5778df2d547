using System.Net;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.GitLab;

namespace Charlie.Lambdas.Tests.GitLab;

/// <summary>The calls of GitLab, to the byte, and which answers are errors.</summary>
public sealed class GitLabApiTests
{
    private static readonly PushEnd End = new(
        "charlie/bot", 4242, new string('a', 40), 7, "https://gitlab.com/p/-/pipelines/7", 31, PushState.Failed, "It \"failed\".");

    private readonly List<string> sent = [];

    [Fact]
    public async Task The_deployment_and_the_commits_status_are_set()
    {
        await Api(HttpStatusCode.OK, HttpStatusCode.Created).TellAsync(End);

        Assert.Equal(
            [
                "PUT https://gitlab.example.com/api/v4/projects/4242/deployments/31 glpat-1 {\"status\":\"failed\"}",
                $"POST https://gitlab.example.com/api/v4/projects/4242/statuses/{End.Commit} glpat-1"
                    + " {\"state\":\"failed\",\"name\":\"charlie/bot\",\"pipeline_id\":7,"
                    + "\"target_url\":\"https://gitlab.com/p/-/pipelines/7\",\"description\":\"It \\u0022failed\\u0022.\"}",
            ],
            sent);
    }

    [Theory]
    [InlineData(PushState.Success, "success")]
    [InlineData(PushState.Failed, "failed")]
    [InlineData(PushState.Canceled, "canceled")]
    internal async Task A_state_has_GitLabs_word(PushState state, string word)
    {
        await Api(HttpStatusCode.OK, HttpStatusCode.Created).TellAsync(End with { State = state });
        Assert.All(sent, call => Assert.Contains($":\"{word}\"", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_deployment_only_the_status_is_set()
    {
        await Api(HttpStatusCode.Created).TellAsync(End with { DeploymentId = null });
        Assert.StartsWith("POST ", Assert.Single(sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_so_already_is_done()
    {
        await Api(HttpStatusCode.BadRequest, HttpStatusCode.BadRequest).TellAsync(End);
        Assert.Equal(2, sent.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData((HttpStatusCode)0)]
    public async Task One_that_is_refused_is_an_error_after_the_other_was_tried(HttpStatusCode status)
    {
        var error = await Assert.ThrowsAsync<CallException>(() => Api(status, HttpStatusCode.Created).TellAsync(End));
        Assert.StartsWith("GitLab's PUT projects/4242/deployments/31 ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("glpat-1", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, sent.Count);
    }

    private GitLabApi Api(params HttpStatusCode[] statuses) => new(
        new HttpMessageInvoker(new Answers(sent, new Queue<HttpStatusCode>(statuses))),
        new Uri("https://gitlab.example.com/api/v4/"),
        new Token(),
        TimeProvider.System);

    private sealed class Token : ISecret
    {
        public Task<string> ReadAsync() => Task.FromResult("glpat-1");
    }

    private sealed class Answers(List<string> sent, Queue<HttpStatusCode> statuses) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            sent.Add($"{request.Method} {request.RequestUri} {request.Headers.GetValues("PRIVATE-TOKEN").Single()} {body}");
            var status = statuses.Dequeue();
            return status == 0
                ? throw new HttpRequestException("The connection was broken.")
                : new HttpResponseMessage(status)
                {
                    Content = new StringContent(
                        status == HttpStatusCode.BadRequest ? "{\"message\":\"Cannot transition status via :drop from :failed\"}" : "{}"),
                };
        }
    }
}
