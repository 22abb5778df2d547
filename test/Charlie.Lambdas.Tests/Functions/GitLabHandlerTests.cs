using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Lambda.TestUtilities;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Functions;
using Charlie.Lambdas.GitLab;
using Charlie.Lambdas.Notifications;
using Charlie.Lambdas.Tests.Notifications;

namespace Charlie.Lambdas.Tests.Functions;

public sealed class GitLabHandlerTests
{
    [Fact]
    public async Task The_end_of_a_push_is_told_and_logged_and_makes_no_report()
    {
        var (gitLab, logger) = (new Told(), new TestLambdaLogger());
        var @event = SampleAlerts.Event("rolled-back");

        Assert.Null(await new GitLabHandler(gitLab).HandleAsync(@event, new TestLambdaContext { Logger = logger }));

        var alert = (Alert.OfReport)AlertReader.Read(@event);
        Assert.Equal(PushEnd.Of(alert.Report, alert.Origin.At), gitLab.Ends);
        Assert.Contains("Told GitLab: pipeline", logger.Buffer.ToString(), StringComparison.Ordinal);
        Assert.Contains("Failed", logger.Buffer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ends_no_push_is_told_to_nobody()
    {
        var gitLab = new Told();
        await new GitLabHandler(gitLab).HandleAsync(SampleAlerts.Event("stuck"), new TestLambdaContext());
        await new GitLabHandler(gitLab).HandleAsync(SampleAlerts.Event("function-failed"), new TestLambdaContext());
        Assert.Empty(gitLab.Ends);
    }

    [Fact]
    public async Task What_GitLab_refuses_is_for_Lambda_to_run_again() =>
        await Assert.ThrowsAsync<CallException>(() => new GitLabHandler(new Told { Error = new CallException("GitLab answered 500") })
            .HandleAsync(SampleAlerts.Event("confirmed"), new TestLambdaContext()));

    /// <summary>A deployment that GitLab refuses keeps no other push from its end.</summary>
    [Fact]
    public async Task Each_push_is_told_although_GitLab_refuses_one()
    {
        var gitLab = new Told { Error = new CallException("GitLab answered 404") };
        var @event = JsonNode.Parse(SampleAlerts.Event("confirmed").GetRawText())!;
        JsonObject Overtaken(int pipeline) => new()
        {
            ["release"] = $"{pipeline}.1",
            ["projectId"] = 4242,
            ["commit"] = new string('a', 40),
            ["pipelineId"] = pipeline,
            ["pipelineUrl"] = $"https://gitlab.com/p/-/pipelines/{pipeline}",
        };
        @event["detail"]!["responsePayload"]!["overtaken"] = new JsonArray(Overtaken(5), Overtaken(6));

        var error = await Assert.ThrowsAsync<CallException>(() => new GitLabHandler(gitLab)
            .HandleAsync(JsonSerializer.SerializeToElement(@event), new TestLambdaContext()));

        Assert.Equal("GitLab answered 404", error.Message);
        Assert.Equal(["5.1", "6.1"], gitLab.Ends.Skip(1).Select(end => end.What.Release));
    }

    private sealed class Told : IGitLab
    {
        public List<PushEnd> Ends { get; } = [];

        public Exception? Error { get; init; }

        public Task TellAsync(PushEnd end)
        {
            Ends.Add(end);
            return Error is null ? Task.CompletedTask : Task.FromException(Error);
        }
    }
}
