namespace Charlie.Deploy.Tests;

/// <summary>Where the app's own log goes, with a <c>docker</c> that answers as told; and who may write and read it.</summary>
public sealed class AppLogTests
{
    private const string Group = "bot-logs";
    private const string Known = "[\"awslogs\",\"local\"]";

    private const string Options = "--log-driver awslogs --log-opt awslogs-group=bot-logs --log-opt awslogs-region=us-east-1 "
        + "--log-opt awslogs-stream=1.2/i-1 --log-opt mode=non-blocking --log-opt max-buffer-size=4m";

    [Theory]
    [InlineData("", Known, "")]
    [InlineData(Group, "[\"local\",\"journald\"]", "")]
    [InlineData(Group, Known, Options)]
    public async Task The_log_goes_to_the_group_where_the_engine_can(string group, string drivers, string options)
    {
        var ran = await RunAsync(group, drivers, "");
        Assert.Equal($"started {options}".Trim(), ran.Output.Trim());
        Assert.Equal(
            group.Length > 0 && options.Length == 0 ? "charlie: this engine has no awslogs: the log of the app stays on this machine\n" : "",
            ran.Error);
    }

    /// <summary>The words of Docker for a log that it cannot begin; any other failure is the container's.</summary>
    [Theory]
    [InlineData("docker: Error response from daemon: failed to initialize logging driver: AccessDeniedException", "started")]
    [InlineData("docker: Error response from daemon: exec: \\\"nope\\\": executable file not found", "failed")]
    public async Task A_log_that_cannot_begin_does_not_keep_the_app_from_starting(string words, string end)
    {
        var ran = await RunAsync(Group, Known, words);
        Assert.Equal(end, ran.Output.Trim());
        Assert.Equal(end == "started", ran.Error.Contains("the log of the app stays on this machine: docker: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("logs:PutLogEvents", "true", true)]
    [InlineData("logs:CreateLogStream", "true", true)]
    [InlineData("logs:CreateLogGroup", "true", false)]
    [InlineData("logs:PutLogEvents", "false", false)]
    public void A_machine_writes_to_the_group_of_its_stack_only(string action, string keeps, bool isAllowed)
    {
        var template = new ResolvedTemplate("infrastructure/production.template", ("AppLogs", keeps));
        Assert.Equal(keeps == "true", template.Made.Contains("AppLogGroup"));
        Assert.Equal(isAllowed, May("AppLogGroup"));
        Assert.False(May("AnotherGroup"));

        bool May(string group) => PolicyEvaluator.Allows(
            template.Statements("InstanceRole"),
            new IamRequest(action, $"arn:aws:logs:us-east-1:{ResolvedTemplate.Account}:log-group:{group}:log-stream:1.2/i-1"));
    }

    [Theory]
    [InlineData("ssmmessages:OpenDataChannel", "true", true)]
    [InlineData("ssmmessages:OpenDataChannel", "false", false)]
    [InlineData("ssm:GetParameters", "true", false)]
    [InlineData("ssm:UpdateInstanceInformation", "true", true)]
    public void Sessions_come_in_only_where_the_owner_says_so(string action, string lets, bool isAllowed)
    {
        var template = new ResolvedTemplate("infrastructure/production.template", ("SessionManager", lets));
        Assert.Equal(isAllowed, PolicyEvaluator.Allows(template.Statements("InstanceRole"), new IamRequest(action, "*")));
        Assert.Null(template.Properties("InstanceRole")["ManagedPolicyArns"]);
    }

    [Fact]
    public void The_log_outlives_the_stack_for_a_time()
    {
        var group = TemplateReader.Read(Repository.Read("infrastructure/production.template"))["Resources"]!["AppLogGroup"]!;
        Assert.Equal(("Retain", "Retain"), ((string)group["DeletionPolicy"]!, (string)group["UpdateReplacePolicy"]!));
        Assert.Equal("AppLogRetentionDays", (string)group["Properties"]!["RetentionInDays"]!["Ref"]!);
    }

    // A container that starts says with what; one whose log options the engine refuses, or that is refused anyhow, ends with 125.
    private static async Task<Ran> RunAsync(string group, string drivers, string refusal)
    {
        var folder = Directory.CreateTempSubdirectory("charlie-log-").FullName;
        var lib = Repository.PathOf("instance/lib");
        var fake = $$"""
            docker_call() {
              case $1 in
                info) said='{{drivers}}' ;;
                *) said='' ;;
              esac
            }
            start() {
              said="{{refusal}}"
              [ -z "$said" ] || [[ $said == *'logging driver'* && ${#log[@]} -eq 0 ]] || return 125
              echo "started ${log[*]}"
            }
            """;
        var ran = await Repository.Run(
            "/bin/bash",
            [
                "-c",
                $"set -euo pipefail; . '{lib}/settings.sh'; . '{lib}/commands.sh'; . '{lib}/logs.sh'; . '{lib}/container.sh'; {fake}\n"
                + "settings_read; AWS_REGION=us-east-1 instance_id=i-1 release=1.2; log_read\n"
                + "until start; do container_without || { echo failed; break; }; log_read; done",
            ],
            new Dictionary<string, string> { ["CHARLIE_LOG_GROUP"] = group, ["CHARLIE_RUN"] = folder, ["PATH"] = "/usr/bin:/bin" });
        Directory.Delete(folder, recursive: true);
        return ran;
    }
}
