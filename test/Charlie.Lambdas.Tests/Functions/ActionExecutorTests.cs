using Amazon.Runtime;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Functions;
using Charlie.Lambdas.Tests.Decisions;
using Microsoft.Extensions.Time.Testing;

namespace Charlie.Lambdas.Tests.Functions;

/// <summary>Each action is one call, with exactly what the action says.</summary>
public sealed class ActionExecutorTests
{
    private const string Template = "lt-0123456789abcdef0";

    private static readonly DateTimeOffset Now = Arbitrary.Noon;
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);
    private static readonly ReleaseVersion Version = Arbitrary.Version(3, Its);
    private static readonly InstanceRefresh Refresh = new("r-1", "InProgress", 3, Now, null);

    private static readonly Snapshot Before =
        Arbitrary.Snapshot(new Records([Arbitrary.Version(1, Release.Base), Version], [], [], []), new Group("charlie", 1, 1, []));

    // By name, since an action is no constant that a theory's data may be.
    private static readonly Dictionary<string, (AwsAction Action, string Call)> Calls = new()
    {
        ["Confirm"] = (
            new AwsAction.Confirm(new Confirmation(Its, 3, Now)),
            $"CreateTags ResourceId.1={Template} Tag.1.Key=charlie:confirmed:5.1 Tag.1.Value=3 2026-11-22T12:00:00.000Z"),
        ["Reject"] = (
            new AwsAction.Reject(Arbitrary.Rejection(Its, Old, Now)),
            $"CreateTags ResourceId.1={Template} Tag.1.Key=charlie:rejected:5.1:4.1"
            + " Tag.1.Value=5.1 2026-11-22T12:00:00.000Z charlie app: exited with 1"),
        ["RecordRequest"] = (
            new AwsAction.RecordRequest(new Stopped(Now, "the broker is closed")),
            $"CreateTags ResourceId.1={Template} Tag.1.Key=charlie:stopped Tag.1.Value=2026-11-22T12:00:00.000Z the broker is closed"),
        ["SuspendLaunches"] = (
            new AwsAction.SuspendLaunches(), "SuspendProcesses AutoScalingGroupName=charlie ScalingProcesses.member.1=Launch"),
        ["ResumeLaunches"] = (
            new AwsAction.ResumeLaunches(), "ResumeProcesses AutoScalingGroupName=charlie ScalingProcesses.member.1=Launch"),
        ["RecordReported"] = (
            new AwsAction.RecordReported(new ReportedOutcome(Its, FinalOutcomeKind.Confirmed, Now)),
            $"CreateTags ResourceId.1={Template} Tag.1.Key=charlie:reported:5.1 Tag.1.Value=Confirmed 2026-11-22T12:00:00.000Z"),
        ["RecordAttempts"] = (
            new AwsAction.RecordAttempts(new Attempts(Its, Now, 2, ["i-1", "i-2"], "machine: no disk")),
            $"CreateTags ResourceId.1={Template} Tag.1.Key=charlie:attempts:5.1"
            + " Tag.1.Value=2026-11-22T12:00:00.000Z 2 i-1,i-2 machine: no disk"),
        ["RecordReplacement"] = (
            new AwsAction.RecordReplacement(new Replacement(Its, 2, Now)),
            $"CreateTags ResourceId.1={Template} Tag.1.Key=charlie:replaced:5.1 Tag.1.Value=2 2026-11-22T12:00:00.000Z"),
        ["RecordDownSince"] = (
            new AwsAction.RecordDownSince(new DownSince(Now, 1)),
            $"CreateTags ResourceId.1={Template} Tag.1.Key=charlie:down-since Tag.1.Value=2026-11-22T12:00:00.000Z 1 -"),
        ["RecordInService"] = (
            new AwsAction.RecordInService(["i-1", "i-2"], Now),
            "CreateTags ResourceId.1=i-1 ResourceId.2=i-2 Tag.1.Key=charlie:in-service-at Tag.1.Value=2026-11-22T12:00:00.000Z"),
        ["Pin"] = (
            new AwsAction.Pin(Version),
            $"UpdateAutoScalingGroup AutoScalingGroupName=charlie LaunchTemplate.LaunchTemplateId={Template} LaunchTemplate.Version=3"),
        ["Resize"] = (
            new AwsAction.Resize(Version, 2),
            "UpdateAutoScalingGroup AutoScalingGroupName=charlie DesiredCapacity=2"
            + $" LaunchTemplate.LaunchTemplateId={Template} LaunchTemplate.Version=3"),
        ["Protect"] = (
            new AwsAction.Protect("i-1", IsProtected: true),
            "SetInstanceProtection AutoScalingGroupName=charlie InstanceIds.member.1=i-1 ProtectedFromScaleIn=true"),
        ["HandOver"] = (
            new AwsAction.HandOver("i-1", "i-2"),
            "TerminateInstanceInAutoScalingGroup InstanceId=i-1 ShouldDecrementDesiredCapacity=true"),
        ["Terminate"] = (
            new AwsAction.Terminate("i-1", Its),
            "TerminateInstanceInAutoScalingGroup InstanceId=i-1 ShouldDecrementDesiredCapacity=false"),
        ["Admit"] = (
            new AwsAction.Admit("i-1"),
            "CompleteLifecycleAction AutoScalingGroupName=charlie InstanceId=i-1 LifecycleActionResult=CONTINUE"
            + " LifecycleHookName=charlie-launch"),
        ["Abandon"] = (
            new AwsAction.Abandon("i-1"),
            "CompleteLifecycleAction AutoScalingGroupName=charlie InstanceId=i-1 LifecycleActionResult=ABANDON"
            + " LifecycleHookName=charlie-launch"),
        ["StartRefresh"] = (
            new AwsAction.StartRefresh(Version, new Strategy.Rolling(90, 110, TimeSpan.FromSeconds(60)), AutoRollback: true),
            "StartInstanceRefresh AutoScalingGroupName=charlie"
            + $" DesiredConfiguration.LaunchTemplate.LaunchTemplateId={Template} DesiredConfiguration.LaunchTemplate.Version=3"
            + " Preferences.AutoRollback=true Preferences.InstanceWarmup=60 Preferences.MaxHealthyPercentage=110"
            + " Preferences.MinHealthyPercentage=90 Preferences.ScaleInProtectedInstances=Refresh Preferences.SkipMatching=true"
            + " Preferences.StandbyInstances=Ignore Strategy=Rolling"),
        ["CancelRefresh"] = (
            new AwsAction.CancelRefresh(Refresh, Old),
            "CancelInstanceRefresh AutoScalingGroupName=charlie WaitForTransitioningInstances=false"),
        ["RollBackRefresh"] = (
            new AwsAction.RollBackRefresh(Refresh, Old), "RollbackInstanceRefresh AutoScalingGroupName=charlie"),
        ["DeleteRecordTags"] = (
            new AwsAction.DeleteRecordTags(["charlie:confirmed:1.1", "charlie:reported:1.1"]),
            $"DeleteTags ResourceId.1={Template} Tag.1.Key=charlie:confirmed:1.1 Tag.2.Key=charlie:reported:1.1"),
        ["DeleteVersions"] = (
            new AwsAction.DeleteVersions([2, 3]),
            $"DeleteLaunchTemplateVersions LaunchTemplateId={Template} LaunchTemplateVersion.1=2 LaunchTemplateVersion.2=3"),
    };

    public static TheoryData<string> Actions => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Each_action_is_one_call_that_is_done_and_logged(string name)
    {
        using var aws = new RecordingAws();
        var (action, call) = Calls[name];
        var (executed, logger) = (new List<AwsAction>(), new RecordingLogger());
        var after = await Executor(aws, executed.Add).ExecuteAsync(action, Before, new Log(logger));
        Assert.Equal([call], aws.Calls);
        Assert.Equal([new DoneAction(action, Now, true)], after.Done);
        Assert.Equal([action], executed);
        Assert.Single(logger.Lines);
    }

    [Fact]
    public async Task Creating_a_version_derives_it_from_its_base_with_a_client_token()
    {
        using var aws = new RecordingAws();
        var push = Arbitrary.Push(new Release(6, 1), Now);
        var logger = new RecordingLogger();
        var create = new AwsAction.CreateVersion(push, Before.Records.Version(1)!);
        var after = await Executor(aws).ExecuteAsync(create, Before, new Log(logger));
        var call = Assert.Single(aws.Calls);
        Assert.StartsWith("CreateLaunchTemplateVersion ClientToken=", call, StringComparison.Ordinal);
        Assert.Contains($" LaunchTemplateId={Template} SourceVersion=1 VersionDescription=release 6.1", call, StringComparison.Ordinal);
        Assert.Contains(".Key=charlie:base LaunchTemplateData.TagSpecification.1.Tag.1.Value=1 ", call, StringComparison.Ordinal);
        Assert.Contains(".Key=charlie:release LaunchTemplateData.TagSpecification.1.Tag.7.Value=6.1 ", call, StringComparison.Ordinal);
        Assert.Equal((7L, push.Release, push.Image), (after.Desired.Version!.Number, after.Desired.Release, after.Desired.Version.Image));
        Assert.Equal(["Warning", "Information"], logger.Lines.Select(line => line.Level));
        Assert.Contains("InvalidInstanceType: There is no m0.huge.", logger.Lines[0].Arguments);

        // The same push and base have the same token; another base has another.
        await Executor(aws).ExecuteAsync(create, Before, new Log(logger));
        await Executor(aws).ExecuteAsync(create with { BaseVersion = Arbitrary.Version(2, Release.Base) }, Before, new Log(logger));
        Assert.Equal(call, aws.Calls[1]);
        Assert.NotEqual(TokenOf(call), TokenOf(aws.Calls[2]));

        static string TokenOf(string text) => text.Split(' ')[1];
    }

    [Theory]
    [InlineData("Reject", "CreateTags", "TagLimitExceeded", "The maximum number of Tags for the resource has been reached")]
    [InlineData("RecordAttempts", "CreateTags", "TagLimitExceeded", "The maximum number of Tags for the resource has been reached")]
    [InlineData("Admit", "CompleteLifecycleAction", "ValidationError", "No active Lifecycle Action found with instance ID i-1")]
    [InlineData("Abandon", "CompleteLifecycleAction", "ValidationError", "No active Lifecycle Action found with instance ID i-1")]
    [InlineData("Terminate", "TerminateInstanceInAutoScalingGroup", "ScalingActivityInProgress", "Instance i-1 is terminating")]
    [InlineData("StartRefresh", "StartInstanceRefresh", "InstanceRefreshInProgress", "An Instance Refresh is already in progress")]
    [InlineData("CancelRefresh", "CancelInstanceRefresh", "ActiveInstanceRefreshNotFound", "No Instance Refresh in progress")]
    [InlineData("RollBackRefresh", "RollbackInstanceRefresh", "ActiveInstanceRefreshNotFound", "No Instance Refresh in progress")]
    public async Task An_action_that_had_nothing_to_change_or_no_room_did_not_succeed(string name, string call, string code,
        string message)
    {
        using var aws = new RecordingAws((call, code, message));
        var logger = new RecordingLogger();
        var after = await Executor(aws).ExecuteAsync(Calls[name].Action, Before, new Log(logger));
        Assert.Equal([new DoneAction(Calls[name].Action, Now, false)], after.Done);
        Assert.Contains(name, Assert.Single(logger.Lines).Arguments);
    }

    [Theory]
    [InlineData("IdempotentParameterMismatch", true)]
    [InlineData("InvalidLaunchTemplateId.NotFound", false)]
    public async Task A_version_that_another_run_made_is_not_made_again(string code, bool isMade)
    {
        using var aws = new RecordingAws(("CreateLaunchTemplateVersion", code, "Arguments on this idempotent request are inconsistent"));
        var create = new AwsAction.CreateVersion(Arbitrary.Push(new Release(6, 1), Now), Before.Records.Version(1)!);
        var executing = Executor(aws).ExecuteAsync(create, Before, new Log(new RecordingLogger()));
        if (isMade)
        {
            var after = await executing;
            Assert.Equal([new DoneAction(create, Now, false)], after.Done);
            Assert.Equal(Before.Records.Versions, after.Records.Versions);
        }
        else
        {
            await Assert.ThrowsAnyAsync<AmazonServiceException>(() => executing);
        }
    }

    [Fact]
    public async Task A_refresh_that_cannot_be_rolled_back_is_cancelled()
    {
        using var aws = new RecordingAws(("RollbackInstanceRefresh", "IrreversibleInstanceRefresh", "It has no earlier version"));
        var after = await Executor(aws).ExecuteAsync(Calls["RollBackRefresh"].Action, Before, new Log(new RecordingLogger()));
        Assert.Equal([Calls["RollBackRefresh"].Call, Calls["CancelRefresh"].Call], aws.Calls);
        Assert.True(Assert.Single(after.Done).Succeeded);
    }

    [Theory]
    [InlineData("Admit", "CompleteLifecycleAction", "ValidationError", "The group does not exist")]
    [InlineData("Admit", "CompleteLifecycleAction", "AccessDenied", "No active Lifecycle Action found")]
    [InlineData("StartRefresh", "StartInstanceRefresh", "ActiveInstanceRefreshNotFound", "not of this call")]
    [InlineData("CancelRefresh", "CancelInstanceRefresh", "InstanceRefreshInProgress", "not of this call")]
    [InlineData("Reject", "CreateTags", "InvalidParameterValue", "not of a limit")]
    [InlineData("Pin", "UpdateAutoScalingGroup", "ScalingActivityInProgress", "busy")]
    [InlineData("Terminate", "TerminateInstanceInAutoScalingGroup", "ValidationError", "No such instance")]
    public async Task Any_other_error_is_thrown_and_nothing_counts_as_done(string name, string call, string code, string message)
    {
        using var aws = new RecordingAws((call, code, message));
        var (executed, logger) = (new List<AwsAction>(), new RecordingLogger());
        var error = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => Executor(aws, executed.Add).ExecuteAsync(Calls[name].Action, Before, new Log(logger)));
        Assert.Equal(code, error.ErrorCode);
        Assert.Empty(executed);
        Assert.Empty(logger.Lines);
    }

    [Fact]
    public void Each_kind_of_action_has_its_test() =>
        Assert.Equal(
            typeof(AwsAction).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Select(type => type.Name)
                .Order(StringComparer.Ordinal),
            Calls.Keys.Append("CreateVersion").Order(StringComparer.Ordinal));

    private static ActionExecutor Executor(RecordingAws aws, Action<AwsAction>? executed = null) =>
        new(
            new TemplateWriter(aws.Ec2, Template),
            new GroupWriter(aws.AutoScaling, "charlie", "charlie-launch", Template),
            new InstanceWriter(aws.Ec2),
            new FakeTimeProvider(Now),
            executed);
}
