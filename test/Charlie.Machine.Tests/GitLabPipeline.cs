using System.Globalization;
using System.Text.RegularExpressions;

namespace Charlie.Machine.Tests;

/// <summary>
/// A clone of this repository whose own <c>.gitlab-ci.yml</c> <c>gitlab-ci-local</c> runs with this machine's shell: what a
/// runner would give a job comes from here.
/// </summary>
internal sealed partial class GitLabPipeline : IDisposable
{
    /// <summary>The runner's own engine takes the place of the service with one; nothing else of the file is touched.</summary>
    private const string Local = ".gitlab-ci-here.yml";

    private readonly ContainerHost host;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("charlie-pipeline-");
    private readonly Dictionary<string, string> environment;
    private int pipelines = 500;

    private GitLabPipeline(ContainerHost host)
    {
        this.host = host;
        environment = new Dictionary<string, string>(host.Environment)
        {
            ["PATH"] = $"{Path.Combine(folder.FullName, "bin")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            // The aws command keeps credentials below its user's folder: a second run would assume no role.
            ["HOME"] = folder.FullName,
            ["DOCKER_CONFIG"] = Path.Combine(folder.FullName, "docker"),
            ["GIT_AUTHOR_NAME"] = "test",
            ["GIT_AUTHOR_EMAIL"] = "test@example.com",
            ["GIT_COMMITTER_NAME"] = "test",
            ["GIT_COMMITTER_EMAIL"] = "test@example.com",
        };
    }

    public string Clone => Path.Combine(folder.FullName, "charlie");

    /// <summary>Skips the test where the pipeline cannot run.</summary>
    public static void Need() => Tool.Need("gitlab-ci-local", "git", "rsync", "python3");

    /// <param name="variables">The project's variables, and what GitLab gives each job.</param>
    public static async Task<GitLabPipeline> CloneAsync(ContainerHost host, IReadOnlyDictionary<string, string> variables)
    {
        Need();
        var pipeline = new GitLabPipeline(host);
        var root = RootOf(AppContext.BaseDirectory);
        foreach (var file in (
            await Tool.RunAsync(
            "git", ["-C", root, "ls-files", "--cached", "--others", "--exclude-standard"], pipeline.environment))
            .OutputOrThrow().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var copy = Path.Combine(pipeline.Clone, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(root, file), copy);
        }

        // Charlie ends the deployments here.
        var own = Path.Combine(pipeline.Clone, ".gitlab-ci.yml");
        await File.WriteAllTextAsync(
            own, (await File.ReadAllTextAsync(own)).Replace("      app: charlie\n", "      app: charlie\n      deployment: charlie\n"));

        // What the runner's image has on its path.
        var bin = Directory.CreateDirectory(Path.Combine(pipeline.folder.FullName, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(bin, "put-image-pushed"), Path.Combine(pipeline.Clone, "runner", "put_image_pushed.py"));
        await File.WriteAllTextAsync(
            Path.Combine(pipeline.Clone, Local), "include: [{ local: .gitlab-ci.yml }]\nbuild: { services: [] }\n");
        var quoted = variables.Select(variable => (variable.Key, Value: variable.Value.Replace("$", "$$", StringComparison.Ordinal)))
            .Select(variable => $"{variable.Key}: '{variable.Value.Replace("'", "''", StringComparison.Ordinal)}'");
        await File.WriteAllLinesAsync(Path.Combine(pipeline.folder.FullName, "variables.yml"), quoted);
        await pipeline.GitAsync("init", "--quiet", "--initial-branch", "main");
        await File.AppendAllTextAsync(Path.Combine(pipeline.Clone, ".git", "info", "exclude"), "push.log\nimage.env\n.gitlab-ci-local\n");
        await pipeline.GitAsync("remote", "add", "origin", "https://gitlab.com/example/charlie.git");
        await pipeline.CommitAsync();
        return pipeline;
    }

    /// <summary>Of every commit.</summary>
    public const string Title = "Quote in cents";

    // As large as gitlab.com's are.
    private const long FirstJob = 12_869_000_000;

    /// <summary>Commits all that changed, and pushes it as far as the clone can tell.</summary>
    public async Task CommitAsync()
    {
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message", Title);
        await GitAsync("update-ref", "refs/remotes/origin/main", "HEAD");
        await GitAsync("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    }

    /// <summary>Runs build and deploy as a push to the default branch does.</summary>
    /// <returns>The release, as the deploy job says it.</returns>
    public async Task<string> RunAsync()
    {
        var number = (++pipelines).ToString(CultureInfo.InvariantCulture);
        var ran = await Tool.RunAsync(
            "gitlab-ci-local",
            [
                "--file", Local, "--variables-file", "../variables.yml", "--force-shell-executor", "build", "deploy",
                "--variable", $"CI_PIPELINE_ID={number}", "--variable",
                    $"CI_PIPELINE_URL=https://gitlab.com/example/charlie/-/pipelines/{number}",
                "--variable", $"CI_COMMIT_TITLE={Title}", "--variable", "CI_COMMIT_AUTHOR=Test <test@example.com>",
                // gitlab-ci-local draws a job's id at random; GitLab's only grow.
                "--variable", string.Create(CultureInfo.InvariantCulture, $"CI_JOB_ID={FirstJob + pipelines}"),
            ],
            environment,
            folder: Clone);
        Said = ran.Output + ran.Error;
        Assert.True(ran.ExitCode == 0, Said);
        return ReleaseSaid().Match(Said).Groups[1].Value;
    }

    /// <summary>The log of the last run.</summary>
    public string Said { get; private set; } = "";

    public void Dispose() => folder.Delete(recursive: true);

    private async Task GitAsync(params string[] arguments) =>
        (await Tool.RunAsync("git", ["-C", Clone, .. arguments], environment)).OutputOrThrow();

    private static string RootOf(string start)
    {
        var directory = new DirectoryInfo(start);
        while (!File.Exists(Path.Combine(directory.FullName, "Charlie.slnx")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("No folder above the test holds Charlie.slnx.");
        }

        return directory.FullName;
    }

    [GeneratedRegex(@"release ([0-9]+\.[0-9]+),")]
    private static partial Regex ReleaseSaid();
}
