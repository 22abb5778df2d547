using YamlDotNet.RepresentationModel;

namespace Charlie.Deploy.Tests;

public sealed class PipelineTests
{
    private static readonly string[] NotJobs = ["include", "stages", "workflow", "variables"];

    private static readonly YamlMappingNode Pipeline = Parse();

    [Fact]
    public void One_job_puts_the_one_event_and_never_by_itself_again()
    {
        var job = Assert.Single(Jobs(), job => Script(job.Value).Contains("put-image-pushed", StringComparison.Ordinal));
        Assert.Equal("deploy", job.Key);
        Assert.DoesNotContain(Jobs(), other => Script(other.Value).Contains("put-events", StringComparison.Ordinal));
        Assert.Equal("0", job.Value["retry"].ToString());
        Assert.Equal(1, Occurrences(Repository.Read("runner/put_image_pushed.py"), "\"put-events\""));
    }

    /// <summary>Either the job is the deployment, or it prepares one that Charlie ends.</summary>
    [Theory]
    [InlineData("job", null)]
    [InlineData("charlie", "prepare")]
    public void The_input_deployment_says_whose_the_deployment_is(string input, string? action)
    {
        Assert.Contains(".charlie-deployment-$[[ inputs.deployment ]]", Parents(Pipeline["deploy"]));
        var environment = (YamlMappingNode)Pipeline[$".charlie-deployment-{input}"]["environment"];
        Assert.Equal("$[[ inputs.environment ]]", environment["name"].ToString());
        Assert.Equal(action, environment.Children.ContainsKey("action") ? environment["action"].ToString() : null);
        Assert.Equal("$[[ inputs.deployment ]]", Pipeline["deploy"]["variables"]["CHARLIE_DEPLOYMENT"].ToString());
        var given = (YamlSequenceNode)Documents("templates/deploy.yml")[0]["spec"]["inputs"]["deployment"]["options"];
        Assert.Contains(input, given.Select(option => option.ToString()));
    }

    /// <summary>A job that waits is the deployment; with a resource group it would keep the fix waiting.</summary>
    [Fact]
    public void A_job_waits_for_its_release_or_its_turn()
    {
        Assert.Contains(".charlie-wait-$[[ inputs.wait ]]", Parents(Pipeline["deploy"]));
        Assert.Equal("$[[ inputs.environment ]]", Pipeline[".charlie-wait-false"]["resource_group"].ToString());
        var waits = (YamlMappingNode)Pipeline[".charlie-wait-true"];
        Assert.Equal("3", Assert.Single((YamlSequenceNode)waits["allow_failure"]["exit_codes"]).ToString());
        Assert.False(waits.Children.ContainsKey("resource_group"));
        Assert.Equal("false", Documents("templates/deploy.yml")[0]["spec"]["inputs"]["wait"]["default"].ToString());
    }

    /// <summary>The line of the job, with a `charlie` that shows its arguments.</summary>
    [Theory]
    [InlineData("false", 0, 0, "")]
    [InlineData("true", 0, 0, "wait --app bot --release 501.7 --timeout 50m --region sa-east-1\n")]
    [InlineData("true", 1, 1, "wait --app bot --release 501.7 --timeout 50m --region sa-east-1\n")]
    [InlineData("true", 3, 3, "wait --app bot --release 501.7 --timeout 50m --region sa-east-1\n")]
    public async Task The_job_ends_as_charlie_wait_ends(string wait, int code, int exitCode, string arguments)
    {
        var line = Assert.Single(
            Commands((YamlMappingNode)Pipeline["deploy"]), command => command.Contains("charlie wait", StringComparison.Ordinal));
        var ran = await Repository.Run(
            "/bin/sh",
            ["-euc", $"charlie() {{ echo \"$@\"; return {code}; }}\n{line}"],
            new Dictionary<string, string>
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
                ["CHARLIE_WAIT"] = wait,
                ["CHARLIE_WAIT_TIMEOUT"] = "50m",
                ["CHARLIE_APP"] = "bot",
                ["CI_PIPELINE_ID"] = "501",
                ["CI_JOB_ID"] = "7",
                ["CHARLIE_EVENT_BUS_ARN"] = "arn:aws:events:sa-east-1:123456789012:event-bus/charlie",
            });
        Assert.Equal(new Ran(exitCode, arguments, ""), ran);
    }

    [Fact]
    public void In_a_freeze_period_only_a_person_starts_the_deployment()
    {
        var rules = (YamlSequenceNode)Pipeline["deploy"]["rules"];
        Assert.EndsWith(" && $CI_DEPLOY_FREEZE", rules[0]["if"].ToString(), StringComparison.Ordinal);
        Assert.Equal(("manual", "true"), (rules[0]["when"].ToString(), rules[0]["allow_failure"].ToString()));
        Assert.Equal(rules[0]["if"].ToString(), $"{rules[1]["if"]} && $CI_DEPLOY_FREEZE");
        Assert.Single((YamlSequenceNode)Pipeline["build"]["rules"]);
    }

    /// <summary>Jobs of the same name would be one: of two components in a pipeline the second would take the first one's place.</summary>
    [Fact]
    public void Whatever_an_input_changes_is_in_a_job_with_the_prefix()
    {
        var jobs = Repository.Read("templates/deploy.yml").Split("\n---\n")[1].Split("\n\n")
            .Select(block => string.Join('\n', block.Split('\n').Where(line => !line.StartsWith('#'))));
        Assert.All(
            jobs.Where(job => job.Contains("$[[ inputs.", StringComparison.Ordinal)),
            job => Assert.Matches("^\"(\\.charlie-)?\\$\\[\\[ inputs\\.job_prefix \\]\\]", job));
    }

    [Theory]
    [InlineData("false", "")]
    [InlineData("true", "registry.example/bot:501-7\n")]
    public async Task An_image_is_run_once_before_it_is_pushed_if_that_is_wanted(string smoke, string arguments)
    {
        var commands = Commands((YamlMappingNode)Pipeline["build"]).ToList();
        var line = commands.FindIndex(command => command.Contains("smoke-image", StringComparison.Ordinal));
        Assert.InRange(
            line,
            commands.FindIndex(command => command.StartsWith("docker build", StringComparison.Ordinal)) + 1,
            commands.FindIndex(command => command.StartsWith("docker push", StringComparison.Ordinal)) - 1);
        var ran = await Repository.Run(
            "/bin/sh",
            ["-euc", commands[line].Replace("smoke-image", "echo", StringComparison.Ordinal)],
            new Dictionary<string, string>
            {
                ["CHARLIE_SMOKE"] = smoke,
                ["CI_REGISTRY_IMAGE"] = "registry.example/bot",
                ["CHARLIE_TAG"] = "501-7",
            });
        Assert.Equal(new Ran(0, arguments, ""), ran);
    }

    /// <summary>A second build of a commit must leave the tag with the digest that it names: GitLab deletes what no tag names.</summary>
    [Fact]
    public void Each_build_job_has_an_image_tag_of_its_own()
    {
        var build = Assert.Single(Jobs(), job => Script(job.Value).Contains("docker push", StringComparison.Ordinal)
            && Script(job.Value).Contains("CHARLIE_IMAGE", StringComparison.Ordinal));
        Assert.Equal("$CI_PIPELINE_ID-$CI_JOB_ID", build.Value["variables"]["CHARLIE_TAG"].ToString());
        Assert.DoesNotMatch(@"--tag ""\$CI_REGISTRY_IMAGE:(?!\$CHARLIE_TAG"")", Script(build.Value));
    }

    [Fact]
    public void Only_the_default_branch_builds_and_deploys()
        => Assert.All(Jobs().Where(job => job.Key is not ("test" or "mutation")), job =>
        {
            var rules = (YamlSequenceNode)job.Value["rules"];
            Assert.All(rules, rule => Assert.StartsWith(
                "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH", rule["if"].ToString(), StringComparison.Ordinal));
        });

    [Fact]
    public void A_merge_request_runs_the_mutation_tests_of_what_it_changes()
    {
        var job = Pipeline["mutation"];
        Assert.Equal("$CI_PIPELINE_SOURCE == \"merge_request_event\"", job["rules"][0]["if"].ToString());
        Assert.Contains(".ci/mutate --since \"$CI_MERGE_REQUEST_DIFF_BASE_SHA\"", Script((YamlMappingNode)job), StringComparison.Ordinal);
    }

    [Fact]
    public void No_key_is_stored_and_no_secret_reaches_a_command_line_or_the_log()
    {
        var text = Repository.Read(".gitlab-ci.yml") + Repository.Read("templates/deploy.yml");
        Assert.DoesNotContain("AWS_SECRET", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AWS_ACCESS_KEY", text, StringComparison.Ordinal);
        Assert.Equal("$CI_SERVER_URL", Pipeline[".charlie-aws"]["id_tokens"]["AWS_TOKEN"]["aud"].ToString());

        var commands = Pipeline.Children.Values.OfType<YamlMappingNode>().SelectMany(Commands).ToList();
        foreach (var secret in (string[])["$CI_REGISTRY_PASSWORD", "$AWS_TOKEN\""])
        {
            // printf is the shell's own: no other process ever sees the secret among its arguments.
            var command = Assert.Single(commands, command => command.Contains(secret, StringComparison.Ordinal));
            Assert.Contains($"printf '%s' \"{secret.TrimEnd('"')}\" ", command, StringComparison.Ordinal);
            Assert.Matches("--password-stdin|umask 077", command);
        }
    }

    [Fact]
    public void A_job_is_made_of_jobs_that_are_there()
    {
        var names = Pipeline.Children.Keys.Select(key => key.ToString()).ToHashSet();
        var needs = Jobs().Where(job => job.Value.Children.ContainsKey("needs")).SelectMany(job => (YamlSequenceNode)job.Value["needs"])
            .Select(need => need is YamlMappingNode map ? map["job"].ToString() : need.ToString());
        var parents = Jobs().Where(job => job.Value.Children.ContainsKey("extends")).SelectMany(job => Parents(job.Value));
        Assert.All(
            needs.Concat(parents),
            name => Assert.Contains(
                name.Replace("$[[ inputs.deployment ]]", "charlie", StringComparison.Ordinal)
                    .Replace("$[[ inputs.wait ]]", "true", StringComparison.Ordinal),
                names));
    }

    /// <summary>The line of build that takes the digest, on a response as `docker push` gives it.</summary>
    [Theory]
    [InlineData(
        "The push refers to repository [r/a]\n5f70bf18a086: Pushed\nmain-1f3c9a2e: digest: "
            + "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 size: 1570\n",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("denied: requested access to the resource is denied\n", "")]
    public async Task The_digest_is_the_one_that_the_push_returned(string response, string digest)
    {
        var directory = Directory.CreateTempSubdirectory("charlie-push-");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "push.log"), response, TestContext.Current.CancellationToken);
        var commands = Commands((YamlMappingNode)Pipeline["build"]);
        var line = Assert.Single(commands, command => command.StartsWith("digest=", StringComparison.Ordinal));
        var ran = await Repository.Run("/bin/sh", ["-euc", line + "\nprintf '%s' \"$digest\""], directory: directory.FullName);
        directory.Delete(recursive: true);
        Assert.Equal(new Ran(0, digest, ""), ran);
    }

    [Fact]
    public void Another_project_includes_the_component_with_the_inputs_without_default()
    {
        var inputs = (YamlMappingNode)Documents("templates/deploy.yml")[0]["spec"]["inputs"];
        var needed = inputs
            .Where(input => input.Value is not YamlMappingNode map || !map.Children.ContainsKey("default"))
            .Select(input => input.Key.ToString());
        Assert.Equal(["app", "runner_image"], needed);
        var given = (YamlMappingNode)Documents(".gitlab-ci.yml")[0]["include"][0]["inputs"];
        Assert.Empty(given.Children.Keys.Select(key => key.ToString()).Except(inputs.Children.Keys.Select(key => key.ToString())));
        Assert.Empty(needed.Except(given.Children.Keys.Select(key => key.ToString())));
    }

    /// <summary>The deploy job holds the role: an image by its tag would let whoever can push one deploy.</summary>
    [Theory]
    [InlineData("$CHARLIE_RUNNER_IMAGE", true)]
    [InlineData("registry.gitlab.com/a/runner@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", true)]
    [InlineData("registry.gitlab.com/a/runner:1", false)]
    [InlineData("registry.gitlab.com/a/runner", false)]
    [InlineData("$CI_REGISTRY_IMAGE/runner:1", false)]
    public void The_jobs_run_in_an_image_by_its_digest(string image, bool isAllowed)
    {
        var inputs = Documents("templates/deploy.yml")[0]["spec"]["inputs"];
        Assert.Equal(isAllowed, System.Text.RegularExpressions.Regex.IsMatch(image, inputs["runner_image"]["regex"].ToString()));
        Assert.Equal("$CHARLIE_RUNNER_IMAGE", Documents(".gitlab-ci.yml")[0]["include"][0]["inputs"]["runner_image"].ToString());
    }

    [Fact]
    public void What_is_handed_out_is_kept_with_its_checksums()
    {
        var job = Pipeline["package"];
        var files = ((YamlSequenceNode)job["artifacts"]["paths"]).Select(path => path.ToString()).ToList();
        Assert.Equal(["charlie-lambdas.zip", "charlie-linux-x64", "SHA256SUMS"], files);
        Assert.Equal(
            ["./package charlie-lambdas.zip", "./package --command charlie-linux-x64", $"sha256sum {files[0]} {files[1]} > SHA256SUMS"],
            Commands((YamlMappingNode)job));
    }

    [Fact]
    public void The_runners_image_has_the_command_that_was_packaged()
    {
        var commands = Commands((YamlMappingNode)Pipeline["runner-image"]).ToList();
        Assert.Equal("package", Pipeline["runner-image"]["needs"][0]["job"].ToString());
        var copied = commands.IndexOf("cp charlie-linux-x64 runner/charlie");
        var built = commands.FindIndex(command => command.StartsWith("docker build", StringComparison.Ordinal));
        Assert.All(
            commands.Where(command => command.Contains("/runner:", StringComparison.Ordinal)),
            command => Assert.Contains("/runner:$CI_PIPELINE_ID-$CI_JOB_ID\"", command, StringComparison.Ordinal));
        Assert.InRange(copied, commands.IndexOf("sha256sum -c SHA256SUMS") + 1, built - 1);
        Assert.Contains("COPY --chmod=0755 charlie /usr/local/bin/charlie", Repository.Read("runner/Dockerfile"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Parents(YamlNode job) => job["extends"] is YamlSequenceNode several
        ? several.Select(parent => parent.ToString())
        : [job["extends"].ToString()];

    // The pipeline's own jobs, and those of the component that it includes.
    private static YamlMappingNode Parse()
    {
        var all = new YamlMappingNode();
        foreach (var member in Documents("templates/deploy.yml")[1].Concat(Documents(".gitlab-ci.yml")[0]))
        {
            all.Add(member.Key, member.Value);
        }

        return all;
    }

    private static List<YamlMappingNode> Documents(string path)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(Repository.Read(path).Replace("$[[ inputs.job_prefix ]]", "", StringComparison.Ordinal));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    private static IEnumerable<(string Key, YamlMappingNode Value)> Jobs() =>
        from member in Pipeline.Children
        let name = member.Key.ToString()
        where !name.StartsWith('.') && !NotJobs.Contains(name)
        select (name, (YamlMappingNode)member.Value);

    private static IEnumerable<string> Commands(YamlMappingNode job) =>
        from key in (string[])["before_script", "script", "after_script"]
        where job.Children.ContainsKey(key)
        from command in (YamlSequenceNode)job[key]
        select command.ToString();

    private static string Script(YamlMappingNode job) => string.Join('\n', Commands(job));

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
