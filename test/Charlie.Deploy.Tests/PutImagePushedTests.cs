using System.Text.Json.Nodes;

namespace Charlie.Deploy.Tests;

/// <summary>The script of the deploy job, run as the job runs it, with an `aws` that writes down its arguments.</summary>
public sealed class PutImagePushedTests : IDisposable
{
    private const string Taken = DeployJob.Taken;

    private const string Script = "$(touch pwned) `touch pwned` \"'; touch pwned; ${IFS} \\ </script> {\"a\":1}";

    // Git allows no space, backslash or colon in the name of a branch.
    private const string BranchScript = "$(touch${IFS}pwned)`touch${IFS}pwned`\"';touch${IFS}pwned;</script>{a}";

    // What may have any character, and the field that it arrives in.
    private static readonly Dictionary<string, string> Data = new()
    {
        ["CI_COMMIT_BRANCH"] = "ref",
        ["CI_COMMIT_TITLE"] = "commitTitle",
        ["CI_COMMIT_AUTHOR"] = "commitAuthor",
    };

    private readonly DeployJob job = new();

    public static TheoryData<string, string> Malformed => new()
    {
        { "CHARLIE_APP", "" },
        { "CHARLIE_APP", "Charlie App" },
        { "CHARLIE_IMAGE", "registry.gitlab.com/example/charlie:main" },
        { "CHARLIE_IMAGE", "registry.gitlab.com/example/charlie@sha256:9F86" },
        { "CHARLIE_EVENT_BUS_ARN", "charlie" },
        { "CHARLIE_EVENT_BUS_ARN", "" },
        { "CI_COMMIT_SHA", "1f3c9a2e" },
        { "CI_COMMIT_BRANCH", "" },
        { "CI_PIPELINE_ID", "0" },
        { "CI_PIPELINE_ID", "01048576" },
        { "CI_JOB_ID", "-1" },
        { "CI_JOB_ID", "1e3" },
        { "CI_PROJECT_ID", "4242\n" },
        { "CI_PIPELINE_URL", "https://gitlab.com/example/charlie/-/pipelines/1048577" },
        { "CI_PIPELINE_URL", "https://gitlab.com/example/other/-/pipelines/1048576" },
        { "CI_PROJECT_URL", "http://gitlab.com/example/charlie" },
        { "CHARLIE_TAG", "main 1f3c9a2e" },
        { "CHARLIE_DEPLOYMENT", "gitlab" },
    };

    public static TheoryData<string> RefNames(string kind) => [.. Deploy.Tests.RefNames.Of(kind)];

    public static TheoryData<string> Variables => new(Environment().Keys);

    public void Dispose() => job.Dispose();

    [Fact]
    public async Task The_event_is_the_one_that_Refresh_reads()
    {
        var ran = await Put(Environment(), Taken);
        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Contains("release 1048576.7700123", ran.Output, StringComparison.Ordinal);

        var entry = Assert.Single(Argument("--entries").AsArray())!;
        Assert.Equal(["events", "put-events"], Arguments()[..2]);
        Assert.Equal("us-east-1", Arguments()[Array.IndexOf(Arguments(), "--region") + 1]);
        Assert.Equal("arn:aws:events:us-east-1:123456789012:event-bus/charlie", (string)entry["EventBusName"]!);
        Assert.Equal("charlie.ci", (string)entry["Source"]!);
        Assert.Equal("Image Pushed", (string)entry["DetailType"]!);
        var expected = JsonNode.Parse(
            """
            {
              "app": "charlie",
              "image": "registry.gitlab.com/example/charlie@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
              "tag": "main-1f3c9a2e",
              "commit": "1f3c9a2e5b7d4c8f9e0a1b2c3d4e5f60718293a4",
              "ref": "main",
              "pipelineId": 1048576,
              "jobId": 7700123,
              "pipelineUrl": "https://gitlab.com/example/charlie/-/pipelines/1048576",
              "projectId": 4242,
              "commitTitle": "Quote in cents",
              "commitAuthor": "Maria Souza"
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse((string)entry["Detail"]!)), (string)entry["Detail"]!);
    }

    [Fact]
    public async Task The_tag_may_be_missing()
    {
        var environment = Environment();
        environment.Remove("CHARLIE_TAG");
        Assert.Equal(0, (await Put(environment, Taken)).ExitCode);
        Assert.Null(JsonNode.Parse((string)Argument("--entries")[0]!["Detail"]!)!["tag"]);
    }

    [Theory]
    [InlineData("CI_COMMIT_TITLE", "  Fix \u001b[31mred\r\nX: \"y\" ", "commitTitle", "Fix [31mred X: \"y\"")]
    [InlineData("CI_COMMIT_TITLE", " ", "commitTitle", null)]
    [InlineData("CI_COMMIT_AUTHOR", "José <jose@example.com>", "commitAuthor", "José")]
    [InlineData("CI_COMMIT_AUTHOR", "<jose@example.com>", "commitAuthor", null)]
    public async Task What_a_commit_says_is_one_line_and_no_reason_to_refuse(string variable, string value, string field, string? sent)
    {
        Assert.Equal(0, (await Put(new(Environment()) { [variable] = value }, Taken)).ExitCode);
        Assert.Equal(sent, JsonNode.Parse((string)Argument("--entries")[0]!["Detail"]!)![field]?.ToString());
    }

    [Fact]
    public async Task A_long_title_is_cut()
    {
        Assert.Equal(0, (await Put(new(Environment()) { ["CI_COMMIT_TITLE"] = new string('x', 5000) }, Taken)).ExitCode);
        Assert.Equal(new string('x', 120), (string)JsonNode.Parse((string)Argument("--entries")[0]!["Detail"]!)!["commitTitle"]!);
    }

    [Fact]
    public async Task A_failed_entry_fails_the_job_though_the_command_succeeded()
    {
        var ran = await Put(
            Environment(), """{"FailedEntryCount":1,"Entries":[{"ErrorCode":"InternalFailure","ErrorMessage":"try again"}]}""");
        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("InternalFailure: try again", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0, "cannot be read")]
    [InlineData("[]", 0, "cannot be read")]
    [InlineData("", 254, "ended with 254")]
    public async Task A_response_that_says_nothing_fails_the_job(string response, int exitCode, string says)
    {
        var ran = await Put(Environment(), response, exitCode);
        Assert.Equal(1, ran.ExitCode);
        Assert.Contains(says, ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_variable_is_refused_by_name_before_anything_is_sent(string name, string value)
    {
        var ran = await Put(new(Environment()) { [name] = value }, Taken);
        Assert.Equal(1, ran.ExitCode);
        Assert.Contains($"put_image_pushed: {name} is ", ran.Error, StringComparison.Ordinal);
        Assert.Empty(Arguments());
    }

    [Theory]
    [MemberData(nameof(RefNames), "allowed")]
    public async Task A_branch_that_git_allows_is_taken(string name)
    {
        Assert.Equal(0, (await Put(new(Environment()) { ["CI_COMMIT_BRANCH"] = name }, Taken)).ExitCode);
        Assert.Equal(name, (string)JsonNode.Parse((string)Argument("--entries")[0]!["Detail"]!)!["ref"]!);
    }

    [Theory]
    [MemberData(nameof(RefNames), "refused")]
    public async Task A_branch_that_git_refuses_is_refused(string name)
    {
        Assert.Equal(1, (await Put(new(Environment()) { ["CI_COMMIT_BRANCH"] = name }, Taken)).ExitCode);
        Assert.Empty(Arguments());
    }

    /// <summary>As Refresh takes them: PatternTests read the same table.</summary>
    [Theory]
    [InlineData("app", "CHARLIE_APP", "")]
    [InlineData("repository", "CHARLIE_IMAGE", "@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("projectUrl", "CI_PROJECT_URL", "")]
    [InlineData("eventBus", "CHARLIE_EVENT_BUS_ARN", "")]
    public async Task The_table_of_patterns_is_kept(string value, string variable, string end)
    {
        foreach (var one in Patterns.Of(value, "allowed"))
        {
            Assert.Equal(0, (await Put(With(one), Taken)).ExitCode);
        }

        foreach (var one in Patterns.Of(value, "refused"))
        {
            Assert.Equal(1, (await Put(With(one), Taken)).ExitCode);
        }

        Dictionary<string, string> With(string one)
        {
            var environment = new Dictionary<string, string>(Environment())
            {
                [variable] = (value == "eventBus" ? "arn:aws:events:us-east-1:123456789012:event-bus/" : "") + one + end,
            };
            environment["CI_PIPELINE_URL"] = $"{environment["CI_PROJECT_URL"]}/-/pipelines/{environment["CI_PIPELINE_ID"]}";
            return environment;
        }
    }

    [Theory]
    [InlineData(127, 0)]
    [InlineData(128, 1)]
    public async Task A_branch_has_at_most_255_bytes(int length, int exitCode) =>
        Assert.Equal(exitCode, (await Put(new(Environment()) { ["CI_COMMIT_BRANCH"] = new string('\u00e9', length) }, Taken)).ExitCode);

    /// <summary>Nothing of a variable is ever run: it arrives as data (a branch or a title may be such a text), or is refused.</summary>
    [Theory]
    [MemberData(nameof(Variables))]
    public async Task Script_characters_are_data_or_refused(string name)
    {
        var value = name == "CI_COMMIT_BRANCH" ? BranchScript : Script;
        var ran = await Put(new(Environment()) { [name] = value }, Taken);
        Assert.False(File.Exists(Path.Combine(job.Folder, "pwned")));
        if (Data.TryGetValue(name, out var field))
        {
            Assert.Equal(0, ran.ExitCode);
            Assert.Equal(value, (string)JsonNode.Parse((string)Argument("--entries")[0]!["Detail"]!)![field]!);
        }
        else
        {
            Assert.Equal(1, ran.ExitCode);
            Assert.Empty(Arguments());
        }
    }

    private static Dictionary<string, string> Environment() => DeployJob.Environment();

    private Task<Ran> Put(Dictionary<string, string> environment, string response, int exitCode = 0) =>
        job.PutAsync(environment, response, exitCode);

    private string[] Arguments() => job.Arguments();

    private JsonNode Argument(string option) => job.Argument(option);
}
