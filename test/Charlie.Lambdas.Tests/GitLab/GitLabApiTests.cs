using System.Net;
using System.Text.Json;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.GitLab;

namespace Charlie.Lambdas.Tests.GitLab;

/// <summary>The calls of GitLab, to the byte, and which answers are errors.</summary>
public sealed class GitLabApiTests
{
    private const string Pipeline = "https://gitlab.com/p/-/pipelines/7";
    private const string Empty = "[]";

    private static readonly PushEnd End = new(
        "charlie/bot",
        4242,
        new string('a', 40),
        7,
        Pipeline,
        31,
        new ToldEnd("7.1", PushState.Failed, new DateTimeOffset(2026, 11, 22, 14, 5, 6, 789, TimeSpan.Zero), "It \"failed\"."),
        Repeats: false);

    private static readonly (HttpStatusCode, string) SoAlready =
        (HttpStatusCode.BadRequest, "{\"message\":\"Cannot transition status via :drop from :failed\"}");

    private readonly List<string> sent = [];

    [Fact]
    public async Task The_deployment_and_the_commits_status_are_set_where_they_are_not_so()
    {
        await Api(Read(), Done, Done, Read(End.What)).TellAsync(End);

        var read = $"GET https://gitlab.example.com/api/v4/projects/4242/repository/commits/{End.Commit}/statuses"
            + "?name=charlie%2Fbot&pipeline_id=7&all=true&order_by=id&sort=desc&per_page=100 glpat-1 ";
        Assert.Equal(
            [
                read,
                "PUT https://gitlab.example.com/api/v4/projects/4242/deployments/31 glpat-1 {\"status\":\"failed\"}",
                $"POST https://gitlab.example.com/api/v4/projects/4242/statuses/{End.Commit} glpat-1"
                    + " {\"state\":\"failed\",\"name\":\"charlie/bot\",\"pipeline_id\":7,"
                    + "\"target_url\":\"https://gitlab.com/p/-/pipelines/7#charlie-7.1-2026-11-22T14:05:06.789Z\","
                    + "\"description\":\"It \\u0022failed\\u0022.\"}",
                read,
            ],
            sent);
    }

    [Theory]
    [InlineData(PushState.Success, "success")]
    [InlineData(PushState.Failed, "failed")]
    [InlineData(PushState.Canceled, "canceled")]
    internal async Task A_state_has_GitLabs_word(PushState state, string word)
    {
        var end = End with { What = End.What with { State = state } };
        (HttpStatusCode, string) running = (HttpStatusCode.OK, "{\"status\":\"running\"}");
        (HttpStatusCode, string)[] before = state == PushState.Canceled ? [Read(), running] : [Read()];
        await Api([.. before, Done, Done, Read(end.What)]).TellAsync(end);
        Assert.All(sent[^3..^1], call => Assert.Contains($":\"{word}\"", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_deployment_only_the_status_is_set()
    {
        await Api(Read(), Done, Read(End.What)).TellAsync(End with { DeploymentId = null });
        Assert.Equal(["GET", "POST", "GET"], Verbs);
    }

    [Fact]
    public async Task What_is_so_already_is_done_and_set_only_where_GitLab_refuses_it_twice()
    {
        await Api(Read(End.What), SoAlready, Read(End.What)).TellAsync(End);
        Assert.Equal(["GET", "PUT", "GET"], Verbs);
    }

    /// <summary>GitLab makes a new status of each that is posted, and shows the newest.</summary>
    [Fact]
    public async Task A_late_report_leaves_what_a_later_one_said()
    {
        var late = End with { What = End.What with { State = PushState.Success, At = End.What.At.AddMinutes(-1) } };
        await Api(Read(End.What), SoAlready, Read(End.What)).TellAsync(late);
        Assert.Contains("\"failed\"", sent[1], StringComparison.Ordinal);
        Assert.DoesNotContain("POST", Verbs);
    }

    /// <summary>The statuses show the last end of the pipeline, which may be that of a job that was run again.</summary>
    [Theory]
    [InlineData("success", false)]
    [InlineData("failed", false)]
    [InlineData("running", true)]
    public async Task A_push_that_came_to_an_end_is_not_canceled(string state, bool isCanceled)
    {
        var (canceled, later) = (
            End with { What = End.What with { State = PushState.Canceled } },
            Other with { Release = "7.2", At = End.What.At.AddMinutes(1) });
        (HttpStatusCode, string) deployment = (HttpStatusCode.OK, $"{{\"status\":\"{state}\"}}");
        (HttpStatusCode, string)[] after = isCanceled ? [Done, Read(later)] : [Read(later)];
        await Api([Read(later), deployment, .. after]).TellAsync(canceled);
        Assert.Equal(isCanceled, Verbs.Contains("PUT"));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "{}")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    public async Task A_deployment_that_cannot_be_read_is_an_error(HttpStatusCode status, string body)
    {
        var canceled = End with { What = End.What with { State = PushState.Canceled } };
        await Assert.ThrowsAsync<CallException>(() => Api(Read(), (status, body), Done).TellAsync(canceled));
    }

    [Fact]
    public async Task What_another_run_said_meanwhile_has_the_last_word()
    {
        var late = End with { What = End.What with { State = PushState.Success, At = End.What.At.AddMinutes(-1) } };
        await Api(Read(), Done, Done, Read(End.What, late.What), Done, Done, Read(End.What, late.What, End.What)).TellAsync(late);
        Assert.Equal(["GET", "PUT", "POST", "GET", "PUT", "POST", "GET"], Verbs);
        Assert.All(sent[4..6], call => Assert.Contains("\"failed\"", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_replica_does_not_show_yet_is_not_set_again()
    {
        await Api(Read(), Done, Done, Read()).TellAsync(End);
        Assert.Equal(["GET", "PUT", "POST", "GET"], Verbs);
    }

    [Fact]
    public async Task The_statuses_of_others_are_ignored()
    {
        var other = $"[{{\"id\":9,\"status\":\"success\",\"target_url\":null}},{Shown(3, End.What, "https://gitlab.com/other")}]";
        await Api((HttpStatusCode.OK, other), Done, Done, Read(End.What)).TellAsync(End);
        Assert.Equal(["GET", "PUT", "POST", "GET"], Verbs);
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
        var error = await Assert.ThrowsAsync<CallException>(() => Api(Read(), (status, "{}"), Done).TellAsync(End));
        Assert.StartsWith("GitLab's PUT projects/4242/deployments/31 ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("glpat-1", error.Message, StringComparison.Ordinal);
        Assert.Equal(["GET", "PUT", "POST"], Verbs);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "{}")]
    [InlineData((HttpStatusCode)0, "")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    [InlineData(HttpStatusCode.OK, "null")]
    public async Task Nothing_is_set_where_the_statuses_cannot_be_read(HttpStatusCode status, string body)
    {
        await Assert.ThrowsAsync<CallException>(() => Api((status, body)).TellAsync(End));
        Assert.Equal(["GET"], Verbs);
    }

    [Fact]
    public async Task A_status_that_others_change_for_ever_is_an_error() =>
        await Assert.ThrowsAsync<CallException>(() => Api(
            [.. Enumerable.Repeat(0, 4).SelectMany(_ => ((HttpStatusCode, string)[])[Read(End.What, Other), Done, Done])]).TellAsync(End));

    private static (HttpStatusCode, string) Done => (HttpStatusCode.Created, "{}");

    private static ToldEnd Other => End.What with { State = PushState.Success, At = End.What.At.AddMinutes(-1) };

    private IEnumerable<string> Verbs => sent.Select(call => call.Split(' ')[0]);

    private static (HttpStatusCode, string) Read(params ToldEnd[] told) =>
        // The newest first, as it was asked for.
        (HttpStatusCode.OK, told.Length == 0 ? Empty : $"[{string.Join(',', told.Select((end, i) => Shown(i, end, Pipeline)).Reverse())}]");

    private static string Shown(int id, ToldEnd end, string url) => JsonSerializer.Serialize(new
    {
        id,
        status = ToldEnd.Word(end.State),
        target_url = end.Url(url),
        description = end.Description,
        pipeline_id = 7,
    });

    private GitLabApi Api(params (HttpStatusCode, string)[] answers) => new(
        new HttpMessageInvoker(new Answers(sent, new Queue<(HttpStatusCode, string)>(answers))),
        new Uri("https://gitlab.example.com/api/v4/"),
        new Token(),
        TimeProvider.System);

    private sealed class Token : ISecret
    {
        public Task<string> ReadAsync() => Task.FromResult("glpat-1");
    }

    private sealed class Answers(List<string> sent, Queue<(HttpStatusCode Status, string Body)> answers) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
            sent.Add($"{request.Method} {request.RequestUri} {request.Headers.GetValues("PRIVATE-TOKEN").Single()} {body}");
            var (status, answer) = answers.Dequeue();
            return status == 0
                ? throw new HttpRequestException("The connection was broken.")
                : new HttpResponseMessage(status) { Content = new StringContent(answer) };
        }
    }
}
