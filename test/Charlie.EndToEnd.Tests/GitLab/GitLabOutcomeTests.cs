using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Faults;
using Charlie.EndToEnd.Tests.Fixture;
using Charlie.Simulation.Environments;
using Charlie.Simulation.GitLab;
using Charlie.Simulation.Images;
using Charlie.Simulation.Production;

namespace Charlie.EndToEnd.Tests.GitLab;

/// <summary>What a project's page in GitLab shows of each push, told by the functions as they are deployed.</summary>
public sealed class GitLabOutcomeTests
{
    private const long FirstPipeline = 100;
    private const long FirstJob = 1000;

    private static readonly TimeSpan Boot = TimeSpan.FromMilliseconds(200);

    private readonly SmallGitLab gitLab = new(Pipeline.ProjectId, "glpat-not-a-secret");
    private long pushes;

    [Fact]
    public async Task A_push_ends_as_success_failed_or_canceled()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var aws = await QuickAws.StartAsync(TimeSpan.FromSeconds(2), cancellation, gitLab);
        using var door = new EventDoor(aws.Endpoint);

        var good = await PushAsync(aws, door, new BotImage("good"), null);
        await UntilAsync(good, "success");
        var bad = await PushAsync(
            aws, door, new BotImage("bad"), new ImageBehaviour(BehaviourKind.Exits, Boot, TimeSpan.Zero, "no \"account\" here"));
        await UntilAsync(bad, "failed");
        var slow = await PushAsync(
            aws, door, new BotImage("slow"), new ImageBehaviour(BehaviourKind.NeverBoots, Boot, TimeSpan.Zero, null));
        var fix = await PushAsync(aws, door, new BotImage("fix"), null);
        await UntilAsync(slow, "canceled");
        await UntilAsync(fix, "success");

        Assert.Equal(["success", "failed", "canceled", "success"], gitLab.Deployments.Select(one => one.Status));
        Assert.Contains(
            "no \"account\" here",
            gitLab.Statuses.Single(status => status.PipelineId == bad.PipelineId).Description,
            StringComparison.Ordinal);
        Assert.All(gitLab.Statuses, status => Assert.Equal("charlie/charlie", status.Name));
        Assert.All(gitLab.Statuses, status => Assert.StartsWith(
            $"{Pipeline.ProjectUrl}/-/pipelines/{status.PipelineId}#charlie-{status.PipelineId}.", status.TargetUrl, StringComparison.Ordinal));

        // A push whose event comes twice is stale and ends nothing; one that comes too late is canceled.
        await door.PutAsync(EventDoor.Entry("charlie.ci", "Image Pushed", fix.Detail), cancellation);
        var late = await PushAsync(aws, door, new BotImage("late"), null, late: true);
        await UntilAsync(late, "canceled");
        Assert.Equal("success", gitLab.Deployments.Single(one => one.Id == fix.DeploymentId).Status);
    }

    private async Task<Pushed> PushAsync(LocalAws aws, EventDoor door, BotImage image, ImageBehaviour? behaviour, bool late = false)
    {
        var (pipelineId, jobId) = late ? (FirstPipeline - 1, FirstJob - 1) : (FirstPipeline + ++pushes, FirstJob + pushes);
        if (behaviour is not null)
        {
            aws.SetBehaviour(image, behaviour);
        }

        // As the job does, with its own token.
        var deployment = gitLab.Create(
            new GitLabCaller(null, "job-token"),
            $"{Pipeline.ProjectId}",
            new GitLabDeployment(0, "production", image.Commit, "main", "running"));
        var detail = Pipeline.Detail(image, pipelineId, jobId);
        detail["deploymentId"] = deployment.Id;
        var pushed = new Pushed(pipelineId, deployment.Id, detail.ToJsonString());
        var (_, refusal) = await door.PutAsync(
            EventDoor.Entry("charlie.ci", "Image Pushed", pushed.Detail), TestContext.Current.CancellationToken);
        Assert.Null(refusal);
        return pushed;
    }

    private Task UntilAsync(Pushed pushed, string state) => Poll.UntilAsync(
        $"GitLab to show {state} of pipeline {pushed.PipelineId}",
        () => Task.FromResult(
            gitLab.Deployments.Single(one => one.Id == pushed.DeploymentId).Status == state
            && gitLab.Statuses.LastOrDefault(one => one.PipelineId == pushed.PipelineId)?.State == state),
        () => Task.FromResult(string.Join("\n", gitLab.Deployments.Cast<object>().Concat(gitLab.Statuses))));

    private sealed record Pushed(long PipelineId, long DeploymentId, string Detail);
}
