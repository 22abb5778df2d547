using System.Diagnostics;
using System.Globalization;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.GitLab;
using Charlie.Simulation.Production;

namespace Charlie.Machine.Tests;

/// <summary>
/// From the push to the trading bot: this repository's own pipeline builds, pushes and puts the event; both functions run
/// as processes, and the instances are real machines.
/// </summary>
public sealed class PipelineTests(ContainerHost host)
{
    [LongFact]
    public async Task A_push_ends_confirmed_and_one_that_crashes_ends_rolled_back_with_its_last_line()
    {
        GitLabPipeline.Need();
        var cancellation = TestContext.Current.CancellationToken;
        var repository = $"{host.Registry}/example/charlie";
        var since = Stopwatch.GetTimestamp();
        var gitLab = new SmallGitLab(Pipeline.ProjectId, "glpat-not-a-secret");
        await using var aws = await LocalAws.StartAsync(RealAws.Options(host, repository) with { GitLab = gitLab }, cancellation);
        await aws.InstallAsync(await host.PushAsync("6.0"));
        await aws.UntilReportedAsync("0.0", "Confirmed", TimeProvider.System, cancellation);
        Stage("the first machine is confirmed");
        using var pipeline = await GitLabPipeline.CloneAsync(host, Variables(aws.Endpoint, repository));

        await File.WriteAllTextAsync(Path.Combine(pipeline.Clone, "example", "VERSION"), "6.1\n", cancellation);
        await pipeline.CommitAsync();
        var good = await pipeline.RunAsync();
        Stage($"the pipeline of release {good} is done");
        await aws.UntilReportedAsync(good, "Confirmed", TimeProvider.System, cancellation);
        Stage($"release {good} is confirmed");
        Assert.Equal("6.1\n", await RealAws.VersionAsync(aws));
        Assert.DoesNotContain(ContainerHost.Password, pipeline.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, pipeline.Said, StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            Path.Combine(pipeline.Clone, "example", "bot.sh"), "#!/bin/sh\necho \"KeyError: 'BROKER_TOKEN'\" >&2\nexit 1\n", cancellation);
        await pipeline.CommitAsync();
        var bad = await pipeline.RunAsync();
        Stage($"the pipeline of release {bad} is done");
        await aws.UntilReportedAsync(bad, "RolledBack", TimeProvider.System, cancellation);
        Stage($"release {bad} is rolled back");

        // The mail leaves after the report.
        await LocalAws.UntilAsync(
            $"the mail of the rollback of {bad}",
            () => Task.FromResult(aws.Alerts().Any(alert =>
                alert.Contains("[charlie] ROLLED BACK ", StringComparison.Ordinal) && alert.Contains($" {bad}: ", StringComparison.Ordinal)
                && alert.Contains("app: exited with 1: KeyError: 'BROKER_TOKEN'", StringComparison.Ordinal))),
            TimeSpan.FromMinutes(2),
            TimeProvider.System,
            cancellation);
        await LocalAws.UntilAsync(
            "the good version to respond again", async () =>
            await RealAws.VersionAsync(aws) == "6.1\n", TimeSpan.FromMinutes(10), TimeProvider.System, cancellation);
        Stage("the version before it responds again");
        Assert.Equal(2, aws.Timeline.From(0).Count(entry => entry.Kind == "RoleAssumed"));
        await LocalAws.UntilAsync(
            "GitLab to show both ends",
            () => Task.FromResult(gitLab.Deployments.Select(one => one.Status).SequenceEqual(["success", "failed"])
                && gitLab.Statuses.Select(one => one.State).SequenceEqual(["success", "failed"])),
            TimeProvider.System,
            cancellation);
        Assert.All(gitLab.Deployments, one => Assert.Equal(("production", "main"), (one.Environment, one.Ref)));
        Assert.Contains("KeyError: 'BROKER_TOKEN'", gitLab.Statuses[^1].Description, StringComparison.Ordinal);
        Assert.Contains(aws.Alerts(), alert => alert.Contains("Commit:", StringComparison.Ordinal)
            && alert.Contains($"{GitLabPipeline.Title}, by Test,", StringComparison.Ordinal));

        void Stage(string what) =>
            TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(since).TotalSeconds,6:0.0} s  {what}"));
    }

    // As GitLab's are: three parts.
    private const string Token = "header.claims.signature";

    private Dictionary<string, string> Variables(Uri endpoint, string repository) => new()
    {
        ["CI_REGISTRY"] = host.Registry,
        ["CI_REGISTRY_IMAGE"] = repository,
        ["CI_REGISTRY_USER"] = ContainerHost.User,
        ["CI_REGISTRY_PASSWORD"] = ContainerHost.Password,
        ["CI_PROJECT_ID"] = "4242",
        ["CI_PROJECT_URL"] = Pipeline.ProjectUrl,
        ["CI_API_V4_URL"] = new Uri(endpoint, GitLabPart.Path).ToString().TrimEnd('/'),
        ["CI_JOB_TOKEN"] = "job-token",
        ["DOCKER_HOST"] = host.Environment["DOCKER_HOST"],
        ["DOCKER_TLS_VERIFY"] = "",
        ["AWS_TOKEN"] = Token,
        ["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/'),
        ["CHARLIE_CI_ROLE_ARN"] = $"arn:aws:iam::{Account.Id}:role/charlie-ci",
        ["CHARLIE_EVENT_BUS_ARN"] = $"arn:aws:events:us-east-1:{Account.Id}:event-bus/{Pipeline.BusName}",
    };
}
