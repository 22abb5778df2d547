namespace Charlie.Machine.Tests;

/// <summary>A pipeline that includes the component twice, as another project does for staging and production.</summary>
public sealed class ComponentTests : IDisposable
{
    private const string Pipeline = """
        stages: [build, deploy]
        include:
          - local: templates/deploy.yml
            inputs: { app: bot, runner_image: $RUNNER, deployment: charlie }
          - local: templates/deploy.yml
            inputs: { app: bot-staging, runner_image: $RUNNER, environment: staging, job_prefix: staging-, wait: true }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("charlie-component-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [LongTheory]
    [InlineData("", "on_success;false", "on_success;[3]")]
    [InlineData("CI_DEPLOY_FREEZE=true", "manual;true", "manual;true")]
    public async Task Each_has_its_own_jobs_and_waits_for_a_person_in_a_freeze(string variable, string first, string second)
    {
        Tool.Need("gitlab-ci-local", "git");
        Directory.CreateDirectory(Path.Combine(folder, "templates"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "templates", "deploy.yml"), Path.Combine(folder, "templates", "deploy.yml"));
        await File.WriteAllTextAsync(Path.Combine(folder, ".gitlab-ci.yml"), Pipeline, TestContext.Current.CancellationToken);
        await GitAsync("init", "--quiet", "--initial-branch", "main");
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "first");
        await GitAsync("remote", "add", "origin", "https://gitlab.com/example/charlie.git");
        await GitAsync("update-ref", "refs/remotes/origin/main", "HEAD");
        await GitAsync("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");

        string[] variables = variable.Length > 0 ? ["--variable", variable] : [];
        var listed = (await Tool.RunAsync(
            "gitlab-ci-local", ["--list-csv", "--variable", "CHARLIE_EVENT_BUS_ARN=arn", .. variables], folder: folder)).OutputOrThrow();
        Assert.Equal(
            [
                "build;build;on_success;false;;",
                "staging-build;build;on_success;false;;",
                $"deploy;deploy;{first};production;[build]",
                $"staging-deploy;deploy;{second};staging;[staging-build]",
            ],
            listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains(";deploy;", StringComparison.Ordinal)
                || line.Contains(";build;", StringComparison.Ordinal)));
    }

    private async Task GitAsync(params string[] arguments) =>
        (await Tool.RunAsync("git", ["-C", folder, .. arguments])).OutputOrThrow();
}
