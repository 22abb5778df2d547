using System.Globalization;
using System.Xml.Linq;

namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>
/// Scheduled actions: their operations, their times, and what they do to a group. The clock begins on a Sunday at 14:00 UTC.
/// </summary>
public sealed class ScheduledActionTests : IDisposable
{
    private readonly SimulatedCloud cloud = new();

    public ScheduledActionTests() => cloud.CreateGroup(1);

    public void Dispose() => cloud.Dispose();

    [Fact]
    public void A_group_is_closed_and_opened_again_at_the_times_of_its_zone()
    {
        // 11:30 and 12:00 in São Paulo.
        Put("close", ("Recurrence", "30 11 * * *"), ("TimeZone", "America/Sao_Paulo"), ("MinSize", "0"), ("DesiredCapacity", "0"));
        Put("open", ("Recurrence", "0 12 * * *"), ("TimeZone", "America/Sao_Paulo"), ("MinSize", "1"), ("MaxSize", "1"),
            ("DesiredCapacity", "1"));
        cloud.Until(() => cloud.States() is ["InService"], "in service");

        cloud.Until(() => cloud.States() is [], "closed");
        Assert.Equal(("14:30", "0 4 0"), ($"{cloud.Now:HH:mm}", Sizes()));
        Assert.Contains(
            "At 2026-11-22T14:30:00Z a scheduled action update of AutoScalingGroup constraints to min: 0, max: 4, desired: 0 changing the desired capacity from 1 to 0.  At 2026-11-22T14:30:00Z the scheduled action close executed. Setting desired capacity from 1 to 0. ",
            Causes()[0], StringComparison.Ordinal);
        cloud.Until(() => cloud.States() is ["InService"], "open");
        Assert.Equal(("15:00", "1 1 1"), ($"{cloud.Now:HH:mm}", Sizes()));
        Assert.Equal(["close 2026-11-23T14:30", "open 2026-11-23T15:00"], Actions());
    }

    [Theory]
    [InlineData("30 9 * * 1-5", "America/New_York", "2026-11-23T14:30")]
    [InlineData("30 9 * * MON-FRI", "America/New_York", "2026-11-23T14:30")]
    [InlineData("0 14 * * *", null, "2026-11-23T14:00")]
    [InlineData("1 14 * * *", null, "2026-11-22T14:01")]
    [InlineData("*/15 * * * *", "Asia/Kolkata", "2026-11-22T14:15")]
    [InlineData("0 0 * * 7", null, "2026-11-29T00:00")]
    [InlineData("0 0 * * 0", null, "2026-11-29T00:00")]
    [InlineData("0 0 1,6 JAN,6 *", null, "2027-01-01T00:00")]
    // Either of two restricted days is enough: the Friday comes before the first of the month.
    [InlineData("0 0 1 * 5", null, "2026-11-27T00:00")]
    // 02:30 of 14 March 2027 does not exist in New York.
    [InlineData("30 2 8-14 3 *", "America/New_York", "2027-03-08T07:30")]
    [InlineData("30 2 14 3 *", "America/New_York", "2028-03-14T06:30")]
    public void A_recurrence_is_a_cron_of_Unix_in_its_zone(string recurrence, string? zone, string next)
    {
        Put("one", [("Recurrence", recurrence), ("DesiredCapacity", "1"), .. zone is null ? [] : new[] { ("TimeZone", zone) }]);
        Assert.Equal([$"one {next}"], Actions());
    }

    [Fact]
    public void An_action_with_a_start_time_alone_comes_once_and_is_gone()
    {
        Put("once", ("StartTime", "2026-11-22T14:10:00Z"), ("DesiredCapacity", "3"));
        Assert.Equal(["once 2026-11-22T14:10"], Actions());
        cloud.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal((3, "0 4 3", 0), (cloud.States().Count, Sizes(), Actions().Count));
    }

    [Fact]
    public void A_recurrence_begins_at_its_start_time_and_ends_after_its_end_time()
    {
        Put("some", ("StartTime", "2026-11-22T14:05:00Z"), ("EndTime", "2026-11-22T14:20:00Z"), ("Recurrence", "*/10 * * * *"),
            ("DesiredCapacity", "2"));
        cloud.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("0 4 2", Sizes());
        Assert.Equal(["some 2026-11-22T14:10"], Actions());
        cloud.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["some 2026-11-22T14:20"], Actions());
        cloud.Group("SetDesiredCapacity", ("DesiredCapacity", "1"));
        cloud.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(("0 4 2", 0), (Sizes(), Actions().Count));
    }

    [Fact]
    public void A_bound_takes_the_desired_capacity_along_and_one_that_does_not_fit_changes_nothing()
    {
        Put("up", ("StartTime", "2026-11-22T14:01:00Z"), ("MinSize", "2"));
        Put("wrong", ("StartTime", "2026-11-22T14:02:00Z"), ("DesiredCapacity", "9"));
        cloud.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("2 4 2", Sizes());
        cloud.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("2 4 2", Sizes());
        Assert.Equal(
            ["ScheduledActionPut", "ScheduledActionPut", "ScheduledActionRun", "ScheduledActionFailed"],
            cloud.Cloud.Timeline.From(0).Select(entry => entry.Kind).Where(kind => kind.StartsWith("Scheduled", StringComparison.Ordinal)));
    }

    [Fact]
    public void While_the_process_is_suspended_no_action_is_run_or_made_up_for()
    {
        Put("often", ("Recurrence", "*/5 * * * *"), ("DesiredCapacity", "2"));
        cloud.Group("SuspendProcesses", ("ScalingProcesses.member.1", "ScheduledActions"));
        cloud.Advance(TimeSpan.FromMinutes(6));
        cloud.Group("ResumeProcesses");
        cloud.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("0 4 1", Sizes());
        cloud.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("0 4 2", Sizes());
    }

    [Fact]
    public void A_second_put_changes_what_it_names_and_leaves_the_rest()
    {
        Put("one", ("Recurrence", "0 9 * * *"), ("TimeZone", "Europe/Lisbon"), ("MinSize", "1"), ("MaxSize", "2"));
        var arn = Described().Single().Element("ScheduledActionARN")!.Value;
        Assert.Matches(
            "^arn:aws:autoscaling:us-east-1:123456789012:scheduledUpdateGroupAction:[0-9a-f-]{36}:autoScalingGroupName/charlie:scheduledActionName/one$", arn);
        Put("one", ("Recurrence", "0 10 * * *"), ("MaxSize", "3"));
        var after = Described().Single();
        Assert.Equal(
            (arn, "0 10 * * *", "Europe/Lisbon", "1", "3", "2026-11-23T10:00:00.000Z"),
            (after.Element("ScheduledActionARN")!.Value, after.Element("Recurrence")!.Value, after.Element("TimeZone")!.Value,
                after.Element("MinSize")!.Value, after.Element("MaxSize")!.Value, after.Element("StartTime")!.Value));
    }

    [Theory]
    [InlineData("ValidationError", "At least one of", "Recurrence", "0 9 * * *")]
    [InlineData("ValidationError", "start time or a recurrence", "MinSize", "1")]
    [InlineData("ValidationError", "Given start time is in the past", "StartTime", "2026-11-22T13:59:59Z", "MinSize", "1")]
    [InlineData(
        "ValidationError", "Given end time is in the past", "EndTime", "2026-11-22T14:00:00Z", "Recurrence", "0 9 * * *", "MinSize", "1")]
    [InlineData(
        "ValidationError", "after the end time", "StartTime", "2026-11-22T15:00:00Z", "EndTime", "2026-11-22T14:30:00Z", "MinSize", "1")]
    [InlineData("ValidationError", "Given recurrence string:0 9 * * is invalid", "Recurrence", "0 9 * *", "MinSize", "1")]
    [InlineData("ValidationError", "Given recurrence string:60 9 * * * is invalid", "Recurrence", "60 9 * * *", "MinSize", "1")]
    [InlineData("ValidationError", "Given recurrence string:0 9 L * * is invalid", "Recurrence", "0 9 L * *", "MinSize", "1")]
    [InlineData("ValidationError", "recurrence that comes again", "Recurrence", "0 9 31 2 *", "MinSize", "1")]
    [InlineData("ValidationError", "Given time zone:Brazil is invalid", "Recurrence", "0 9 * * *", "TimeZone", "Brazil", "MinSize", "1")]
    [InlineData(
        "ValidationError", "E. South America Standard Time is invalid",
        "Recurrence", "0 9 * * *", "TimeZone", "E. South America Standard Time", "MinSize", "1")]
    [InlineData("ValidationError", "Max bound, 1, must be", "Recurrence", "0 9 * * *", "MinSize", "2", "MaxSize", "1")]
    [InlineData("ValidationError", "Desired capacity:3", "Recurrence", "0 9 * * *", "MinSize", "1", "MaxSize", "2", "DesiredCapacity", "3")]
    [InlineData("ValidationError", "greater than or equal to 0", "Recurrence", "0 9 * * *", "MinSize", "-1")]
    [InlineData("MalformedInput", "not a timestamp", "StartTime", "tomorrow", "MinSize", "1")]
    [InlineData("AlreadyExists", "already exists", "Recurrence", "0 8 * * *", "MinSize", "1")]
    public void A_wrong_action_is_refused_and_changes_nothing(string code, string message, params string[] parameters)
    {
        Put("there", ("Recurrence", "0 8 * * *"), ("MinSize", "1"));
        var given = parameters.Chunk(2).Select(pair => (pair[0], pair[1]));
        var (document, error) = cloud.Attempt(
            "autoscaling", "PutScheduledUpdateGroupAction",
            [("AutoScalingGroupName", "charlie"), ("ScheduledActionName", "wrong"), .. given]);
        Assert.Equal(code, error);
        Assert.Contains(message, document.Descendants("Message").Single().Value, StringComparison.Ordinal);
        Assert.Equal(["there 2026-11-23T08:00"], Actions());
    }

    [Fact]
    public void A_batch_does_what_it_can_and_names_what_failed()
    {
        var put = cloud.Group(
            "BatchPutScheduledUpdateGroupAction",
            [.. InBatch(1, "a", "0 9 * * *"), .. InBatch(2, "b", "never"), .. InBatch(3, "c", "0 10 * * *")]);
        Assert.Equal("b ValidationError", Failed(put));
        Assert.Equal(["a 2026-11-23T09:00", "c 2026-11-23T10:00"], Actions());
        var deleted = cloud.Group(
            "BatchDeleteScheduledAction", ("ScheduledActionNames.member.1", "a"), ("ScheduledActionNames.member.2", "b"));
        Assert.Equal("b ValidationError", Failed(deleted));
        Assert.Equal(["c 2026-11-23T10:00"], Actions());
        cloud.Group("DeleteScheduledAction", ("ScheduledActionName", "c"));
        Assert.Equal("ValidationError", cloud.Attempt(
            "autoscaling", "DeleteScheduledAction", ("AutoScalingGroupName", "charlie"), ("ScheduledActionName", "c")).Error);
        Assert.Empty(Actions());

        static string Failed(XElement response) => string.Join(", ", response.Descendants("member").Select(
            one => $"{one.Element("ScheduledActionName")!.Value} {one.Element("ErrorCode")!.Value}"));
    }

    [Fact]
    public void Actions_are_described_by_name_time_and_page()
    {
        for (var hour = 9; hour < 14; hour++)
        {
            Put($"at{hour:d2}", ("Recurrence", $"0 {hour} * * *"), ("MinSize", "1"));
        }

        Assert.Equal(["at11 2026-11-23T11:00", "at12 2026-11-23T12:00"],
            Actions(("StartTime", "2026-11-23T11:00:00Z"), ("EndTime", "2026-11-23T12:30:00Z")));
        Assert.Equal(["at09 2026-11-23T09:00"], Actions(("ScheduledActionNames.member.1", "at09"), ("StartTime", "2026-11-24T00:00:00Z")));
        var first = cloud.Group("DescribeScheduledActions", ("MaxRecords", "3"));
        Assert.Equal(3, first.Descendants("member").Count());
        Assert.Equal(
            ["at12 2026-11-23T12:00", "at13 2026-11-23T13:00"], Actions(("NextToken", first.Descendants("NextToken").Single().Value)));
        Assert.Equal("ValidationError", cloud.Attempt("autoscaling", "DescribeScheduledActions", ("AutoScalingGroupName", "other")).Error);
    }

    [Fact]
    public void No_more_than_125_actions_are_kept_and_none_outlives_its_group()
    {
        for (var minute = 0; minute < 125; minute++)
        {
            var recurrence = string.Create(CultureInfo.InvariantCulture, $"{minute % 60} {minute / 60} * * *");
            Put($"a{minute}", ("Recurrence", recurrence), ("MinSize", "1"));
        }

        Assert.Equal("LimitExceeded", cloud.Attempt(
            "autoscaling", "PutScheduledUpdateGroupAction", ("AutoScalingGroupName", "charlie"), ("ScheduledActionName", "more"),
            ("Recurrence", "0 12 * * *"), ("MinSize", "1")).Error);
        cloud.Group("DeleteAutoScalingGroup", ("ForceDelete", "true"));
        cloud.Until(() => cloud.Cloud.AutoScaling.All.Count == 0, "deleted");
        Assert.Empty(cloud.Call("autoscaling", "DescribeScheduledActions").Descendants("member"));
    }

    private static (string, string)[] InBatch(int index, string name, string recurrence) =>
    [
        ($"ScheduledUpdateGroupActions.member.{index}.ScheduledActionName", name),
        ($"ScheduledUpdateGroupActions.member.{index}.Recurrence", recurrence),
        ($"ScheduledUpdateGroupActions.member.{index}.MinSize", "1"),
    ];

    private void Put(string name, params (string Name, string Value)[] parameters) =>
        cloud.Group("PutScheduledUpdateGroupAction", [("ScheduledActionName", name), .. parameters]);

    private IReadOnlyList<XElement> Described(params (string Name, string Value)[] parameters) =>
        [.. cloud.Group("DescribeScheduledActions", parameters).Descendants("member")];

    private IReadOnlyList<string> Actions(params (string Name, string Value)[] parameters) =>
        [.. Described(parameters).Select(one => $"{one.Element("ScheduledActionName")!.Value} {one.Element("StartTime")!.Value[..16]}")];

    private string Sizes()
    {
        var group = cloud.Call("autoscaling", "DescribeAutoScalingGroups").Descendants("member").First();
        return $"{group.Element("MinSize")!.Value} {group.Element("MaxSize")!.Value} {group.Element("DesiredCapacity")!.Value}";
    }

    private IReadOnlyList<string> Causes() =>
        [.. cloud.Group("DescribeScalingActivities").Descendants("Cause").Select(cause => cause.Value)];
}
