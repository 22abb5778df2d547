using System.Text.Json.Nodes;

namespace Charlie.Deploy.Tests;

public sealed class FunctionTests
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["CHARLIE_APP"] = "App",
        ["CHARLIE_GROUP"] = "GroupName",
        ["CHARLIE_LAUNCH_TEMPLATE"] = "LaunchTemplateId",
        ["CHARLIE_LAUNCH_HOOK"] = "LaunchHookName",
        ["CHARLIE_IMAGE_REPOSITORY"] = "ImageRepository",
        ["CHARLIE_PROJECT_ID"] = "ProjectId",
        ["CHARLIE_PROJECT_URL"] = "ProjectUrl",
        ["CHARLIE_HEALTH_PORT"] = "HealthPort",
        ["CHARLIE_HEALTH_PATH"] = "HealthPath",
        ["CHARLIE_HEALTH_SUCCESSES"] = "HealthSuccesses",
        ["CHARLIE_MACHINE_DEADLINE_SECONDS"] = "MachineDeadlineSeconds",
        ["CHARLIE_START_SECONDS"] = "StartSeconds",
        ["CHARLIE_HEALTH_DEADLINE_SECONDS"] = "HealthDeadlineSeconds",
        ["CHARLIE_BAKE_SECONDS"] = "BakeSeconds",
        ["CHARLIE_DEPLOYMENT_DEADLINE_SECONDS"] = "DeploymentDeadlineSeconds",
        ["CHARLIE_STRATEGY"] = "Strategy",
        ["CHARLIE_MIN_HEALTHY_PERCENTAGE"] = "MinHealthyPercentage",
        ["CHARLIE_MAX_HEALTHY_PERCENTAGE"] = "MaxHealthyPercentage",
        ["CHARLIE_SINGLETON"] = "Singleton",
    };

    public static TheoryData<string> Functions => ["Refresh", "Lifecycle", "Notify", "GitLab"];

    [Fact]
    public void All_functions_get_the_whole_configuration_from_the_parameters()
    {
        var globals = Template.Root["Globals"]!["Function"]!;
        var variables = globals["Environment"]!["Variables"]!.AsObject();
        Assert.Equal(Environment, variables.ToDictionary(v => v.Key, v => (string)v.Value!["Ref"]!));
        Assert.Equal("provided.al2023", (string)globals["Runtime"]!);
        Assert.Equal(["x86_64"], Template.Strings(globals["Architectures"]));
        Assert.Equal(
            ["Refresh", "Lifecycle", "Notify", "GitLab"], Template.OfType("AWS::Serverless::Function").Select(function => function.Id));
    }

    /// <summary>The command runs the functions' policies with these settings.</summary>
    [Fact]
    public void The_parameter_of_the_stack_names_its_parts_and_the_same_configuration()
    {
        var parameter = Template.Properties("StackSettings");
        Assert.Equal("/charlie/${App}/stack", (string)parameter["Name"]!["Fn::Sub"]!);
        var document = JsonNode.Parse((string)parameter["Value"]!["Fn::Sub"]![0]!)!.AsObject();
        Assert.Equal(
            Environment.ToDictionary(pair => pair.Key, pair => $"${{{pair.Value}}}"),
            document["settings"]!.AsObject().ToDictionary(setting => setting.Key, setting => (string)setting.Value!));
        document.Remove("settings");
        Assert.Equal(1, (int)document["shape"]!);
        Assert.Equal(
            [
                "bus", "gitLabSecret", "instanceRole", "lifecycle", "lifecycleLogs", "lifecycleSecurityGroup", "notify", "queue", "refresh",
                "refreshLogs", "reportLogs", "shape", "stack", "subnets", "topic", "vpc",
            ],
            document.Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_is_chosen_by_its_handler_and_built_from_the_one_project(string id)
    {
        var properties = Template.Properties(id);
        Assert.Equal(id, (string)properties["Handler"]!);
        Assert.Equal(id is "Notify" or "GitLab", properties.ContainsKey("Environment"));
        var folder = Repository.PathOf((string)properties["CodeUri"]!);
        Assert.Single(Directory.GetFiles(folder, "*.csproj"));
        Assert.Equal(id == "Lifecycle", properties.ContainsKey("VpcConfig"));
        Assert.Equal("JSON", (string)properties["LoggingConfig"]!["LogFormat"]!);
        Assert.Equal($"{id}Logs", (string)properties["LoggingConfig"]!["LogGroup"]!["Ref"]!);
    }

    /// <summary>Lambda waits 1 and 2 minutes before the retries, and gives up an event that is older than its greatest age.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void A_failed_event_is_tried_three_times_in_full_then_reported_and_kept(string id)
    {
        var properties = Template.Properties(id);
        var asynchronous = properties["EventInvokeConfig"]!;
        Assert.Equal(2, (int)asynchronous["MaximumRetryAttempts"]!);
        Assert.InRange((int)asynchronous["MaximumEventAgeInSeconds"]!, (3 * (int)properties["Timeout"]!) + 60 + 120, 21600);
        Assert.Equal(Template.GetAtt("DeadLetterQueue", "Arn"), properties["DeadLetterQueue"]!["TargetArn"]!.ToJsonString());
        Assert.Equal(id is "Refresh" or "Lifecycle", asynchronous.AsObject().ContainsKey("DestinationConfig"));
        foreach (var end in id is "Notify" or "GitLab" ? [] : (string[])["OnSuccess", "OnFailure"])
        {
            Assert.Equal("EventBridge", (string)asynchronous["DestinationConfig"]![end]!["Type"]!);
            Assert.Equal(Template.GetAtt("EventBus", "Arn"), asynchronous["DestinationConfig"]![end]!["Destination"]!.ToJsonString());
        }
    }

    [Fact]
    public void Notify_is_told_its_topic_language_and_the_logs_of_the_others() =>
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["CHARLIE_TOPIC"] = Template.Ref("AlertTopic"),
                ["CHARLIE_LANGUAGE"] = Template.Ref("Language"),
                ["CHARLIE_ENVIRONMENT"] = Template.Ref("Environment"),
                ["CHARLIE_CHAT_TOPIC"] = """{"Fn::If":["TellsChat",{"Ref":"ChatTopic"},""]}""",
                ["CHARLIE_LOG_GROUPS"] = """{"Fn::Sub":"${Refresh}=${RefreshLogs} ${Lifecycle}=${LifecycleLogs}"}""",
            },
            Template.Properties("Notify")["Environment"]!["Variables"]!.AsObject()
                .ToDictionary(variable => variable.Key, variable => variable.Value!.ToJsonString()));

    /// <summary>All that GitLab is made of is there only with a token.</summary>
    [Fact]
    public void GitLab_is_told_its_token_and_is_off_by_default()
    {
        Assert.Equal("", (string)Template.Root["Parameters"]!["GitLabTokenSecretArn"]!["Default"]!);
        Assert.All(
            new[] { "GitLab", "GitLabRole", "GitLabLogs" },
            id => Assert.Equal("TellsGitLab", (string)Template.Resources[id]!["Condition"]!));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["CHARLIE_GITLAB_TOKEN_SECRET"] = Template.Ref("GitLabTokenSecretArn"),
                ["CHARLIE_GITLAB_API"] = Template.Ref("GitLabApiUrl"),
            },
            Template.Properties("GitLab")["Environment"]!["Variables"]!.AsObject()
                .ToDictionary(variable => variable.Key, variable => variable.Value!.ToJsonString()));
        Assert.Equal(
            Template.Ref("GitLabTokenSecretArn"),
            Template.RoleStatements("GitLabRole").Single(one => (string)one["Sid"]! == "ReadToken")["Resource"]!
                .ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_tool_of_the_defaults_file_finds_what_it_names(string id)
    {
        var defaults = JsonNode.Parse(Repository.Read("aws-lambda-tools-defaults.json"))!;
        Assert.True(File.Exists(Repository.PathOf((string)defaults["template"]!)));
        var project = Repository.PathOf((string)Template.Properties(id)["CodeUri"]!);
        var mounted = Path.Combine(project, (string)defaults["code-mount-directory"]!);
        Assert.Equal(Path.TrimEndingDirectorySeparator(Repository.Root), Path.TrimEndingDirectorySeparator(Path.GetFullPath(mounted)));
    }
}
