using System.Text.Json.Nodes;

namespace Charlie.Deploy.Tests;

/// <summary>The script of the deploy job, run as the job runs it, with an `aws` that writes down its arguments.</summary>
internal sealed class DeployJob : IDisposable
{
    /// <summary>What EventBridge answers to an event that it took.</summary>
    public const string Taken = """{"FailedEntryCount":0,"Entries":[{"EventId":"11710aed-b79e-4468-a20b-bb3c0c3b4860"}]}""";

    /// <summary>Python itself: a version manager's python3 may be a script that puts its own folder and aws before ours.</summary>
    private static readonly Lazy<Task<string>> Python = new(async () =>
        (await Repository.Run("python3", ["-c", "import sys; print(sys.executable)"])).Output.Trim());

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("charlie-put-");

    public string Folder => directory.FullName;

    public void Dispose() => directory.Delete(recursive: true);

    public static Dictionary<string, string> Environment() => new()
    {
        ["CHARLIE_APP"] = "charlie",
        ["CHARLIE_IMAGE"] = "registry.gitlab.com/example/charlie@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ["CHARLIE_TAG"] = "main-1f3c9a2e",
        ["CHARLIE_EVENT_BUS_ARN"] = "arn:aws:events:us-east-1:123456789012:event-bus/charlie",
        ["CI_COMMIT_SHA"] = "1f3c9a2e5b7d4c8f9e0a1b2c3d4e5f60718293a4",
        ["CI_COMMIT_BRANCH"] = "main",
        ["CI_PIPELINE_ID"] = "1048576",
        ["CI_JOB_ID"] = "7700123",
        ["CI_PROJECT_ID"] = "4242",
        ["CI_PROJECT_URL"] = "https://gitlab.com/example/charlie",
        ["CI_PIPELINE_URL"] = "https://gitlab.com/example/charlie/-/pipelines/1048576",
        ["CI_COMMIT_TITLE"] = "Quote in cents",
        ["CI_COMMIT_AUTHOR"] = "Maria Souza <maria@example.com>",
    };

    public async Task<Ran> PutAsync(Dictionary<string, string> environment, string response = Taken, int exitCode = 0)
    {
        environment["PATH"] = $"{Repository.PathOf("test/Charlie.Deploy.Tests/fake")}:{System.Environment.GetEnvironmentVariable("PATH")}";
        environment["FAKE_RESPONSE"] = response;
        environment["FAKE_EXIT_CODE"] = $"{exitCode}";
        return await Repository.Run(await Python.Value, [Repository.PathOf("runner/put_image_pushed.py")], environment, Folder);
    }

    /// <summary>What `aws` was run with; nothing where it was not run.</summary>
    public string[] Arguments()
    {
        var arguments = Path.Combine(Folder, "arguments");
        return File.Exists(arguments) ? File.ReadAllText(arguments).Split('\0')[..^1] : [];
    }

    public JsonNode Argument(string option) => JsonNode.Parse(Arguments()[Array.IndexOf(Arguments(), option) + 1])!;
}
