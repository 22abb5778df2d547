using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>When a group without a healthy instance is recorded as down, and when that is notified.</summary>
public sealed class DownPolicyTests
{
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);

    private static readonly Records Records = Records
        .Read([Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)], [])
        .With(new Confirmation(Old, 2, Arbitrary.Noon.AddDays(-1))).With(new Confirmation(Its, 3, Arbitrary.Noon.AddDays(-1)));

    private static readonly Group Serving = new("charlie", 1, 3, [new GroupInstance("i-1", "InService", 3)]);

    private static readonly DateTimeOffset Later = Arbitrary.Noon.AddHours(1);

    private static readonly ProbeResponse Silent = new ProbeResponse.Silent("no response");

    public static TheoryData<int, string, long> NotUp => new()
    {
        { 0, "Pending:Wait", 3 }, { 0, "Terminating", 3 }, { 0, "InService", 2 }, { 1, "InService", 3 }, { 2, "InService", 3 },
        { 3, "InService", 3 },
    };

    private static ProbeResponse[] Responses =>
        [Arbitrary.Healthy(Its), Arbitrary.Unhealthy(TimeSpan.FromSeconds(9)), Silent, new ProbeResponse.Preparing(BootPhase.Lock)];

    [Fact]
    public void A_group_with_a_healthy_instance_in_service_records_nothing() =>
        Assert.Null(DownPolicy.Record(Probed(Arbitrary.Healthy(Its)), Arbitrary.Noon));

    [Fact]
    public void A_healthy_instance_of_any_release_is_enough()
    {
        var group = Serving with { Instances = [new GroupInstance("i-1", "InService", 2)] };
        Assert.Null(DownPolicy.Record(Probed(Arbitrary.Healthy(Old), group: group), Arbitrary.Noon));
    }

    [Theory]
    [MemberData(nameof(NotUp))]
    public void Anything_else_is_down(int response, string state, long version)
    {
        var group = Serving with { Instances = [new GroupInstance("i-1", state, version)] };
        var down = DownPolicy.Record(Probed(Responses[response], group: group), Arbitrary.Noon);
        Assert.Equal((Arbitrary.Noon, 0), (down!.Since, down.TimesTold));
    }

    [Fact]
    public void An_empty_group_is_down_only_while_it_should_have_an_instance()
    {
        var empty = Serving with { Instances = [] };
        Assert.Equal(new DownSince(Arbitrary.Noon, 0), DownPolicy.Record(Arbitrary.Snapshot(Records, empty), Arbitrary.Noon));
        Assert.Null(DownPolicy.Record(Arbitrary.Snapshot(Records, empty with { DesiredCapacity = 0 }), Arbitrary.Noon));
    }

    [Fact]
    public void Sweeps_of_each_minute_tell_it_after_15_30_and_45_minutes() =>
        Assert.Equal([15, 30, 45, 60, 75], Told(Enumerable.Range(0, 76)));

    [Fact]
    public void A_lost_sweep_delays_it_and_nothing_else() =>
        Assert.Equal([17, 30, 45], Told(Enumerable.Range(0, 50).Except([15, 16])));

    [Fact]
    public void It_is_told_only_once_written() =>
        Assert.Null(DownPolicy.Result(Probed(Silent), new DownSince(Arbitrary.Noon, 1), new DownSince(Arbitrary.Noon, 1), Arbitrary.Noon));

    [Fact]
    public void Stuck_names_since_when_and_what_the_group_did_last()
    {
        var snapshot = Probed(Silent) with { LastActivity = new ScalingActivity("no capacity") };
        Assert.Equal(
            new RunResult.Stuck(snapshot.Desired, Arbitrary.Noon, "no capacity", Later),
            DownPolicy.Result(snapshot, new DownSince(Arbitrary.Noon, 0), new DownSince(Arbitrary.Noon, 1), Later));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(9, true)]
    public void Every_end_is_reported_and_told_only_if_something_was(int told, bool isTold)
    {
        var down = new DownSince(Arbitrary.Noon, told);
        var snapshot = Probed(Arbitrary.Healthy(Its), Records.With(down));
        Assert.Equal(DownSince.NotDown, DownPolicy.Record(snapshot, Arbitrary.Noon.AddHours(1)));
        Assert.Equal(
            new RunResult.AllClear(snapshot.Desired, Arbitrary.Noon, Later, isTold),
            DownPolicy.Result(snapshot, down, DownSince.NotDown, Later));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void All_clear_is_told_after_a_rejection_meanwhile(int seconds, bool isTold)
    {
        var down = new DownSince(Arbitrary.Noon, 0);
        var rejection = Arbitrary.Rejection(Its, Old, Arbitrary.Noon.AddSeconds(seconds));
        var group = Serving with { Instances = [new GroupInstance("i-1", "InService", 2)] };
        var snapshot = Probed(Arbitrary.Healthy(Old), Records.With(down).With(rejection), group);
        Assert.Equal(isTold, Assert.IsType<RunResult.AllClear>(DownPolicy.Result(snapshot, down, DownSince.NotDown, Later)).WasTold);
    }

    [Fact]
    public void Capacity_0_clears_silently()
    {
        var down = new DownSince(Arbitrary.Noon, 3);
        var closed = Probed(Silent, Records.With(down), Serving with { DesiredCapacity = 0 });
        Assert.Equal(DownSince.NotDown, DownPolicy.Record(closed, Arbitrary.Noon.AddHours(1)));
        Assert.Null(DownPolicy.Result(closed, down, DownSince.NotDown, Later));
    }

    [Theory]
    [InlineData("InService", 0, true)]
    [InlineData("Pending:Wait", 0, false)]
    [InlineData("Pending:Wait", 1, true)]
    public void The_app_itself_is_down_where_it_served_or_was_started_again(string state, int restarts, bool isOfApp)
    {
        var group = Serving with { Instances = [new GroupInstance("i-1", state, 3)] };
        var sick = Arbitrary.Unhealthy(TimeSpan.FromSeconds(9), restarts: restarts);
        Assert.Equal(
            isOfApp ? Arbitrary.Noon : null,
            DownPolicy.Record(Probed(sick, group: group), Arbitrary.Noon)!.SickSince);
        Assert.Null(DownPolicy.Record(Probed(sick, Records with { Confirmations = [] }, group), Arbitrary.Noon)!.SickSince);
        Assert.Null(DownPolicy.Record(Probed(Silent, group: group), Arbitrary.Noon)!.SickSince);
    }

    [Fact]
    public void A_sick_app_is_remembered_from_the_beginning_of_its_outage_and_may_be_seen_later()
    {
        var down = new DownSince(Arbitrary.Noon, 0);
        var now = Arbitrary.Noon.AddMinutes(1);
        var sick = Arbitrary.Unhealthy(TimeSpan.FromSeconds(9));
        Assert.Equal(down with { SickSince = down.Since }, DownPolicy.Record(Probed(sick, Records.With(down)), now));
        Assert.Null(DownPolicy.Record(Probed(Silent, Records.With(down with { SickSince = down.Since })), now));
    }

    [Fact]
    public void A_group_that_closes_remembers_a_sick_app_until_a_healthy_one_is_in_service()
    {
        var sick = new DownSince(Arbitrary.Noon, 2, Arbitrary.Noon);
        var closed = new DownSince(null, 0, Arbitrary.Noon);
        var reopened = Arbitrary.Noon.AddHours(9);
        var group = Serving with { DesiredCapacity = 0, Instances = [] };
        Assert.Equal(closed, DownPolicy.Record(Arbitrary.Snapshot(Records.With(sick), group), reopened));
        Assert.Null(DownPolicy.Record(Arbitrary.Snapshot(Records.With(closed), group), reopened));
        Assert.Equal(
            new DownSince(reopened, 0, Arbitrary.Noon),
            DownPolicy.Record(Arbitrary.Snapshot(Records.With(closed), group with { DesiredCapacity = 1 }), reopened));
        Assert.Equal(DownSince.NotDown, DownPolicy.Record(Probed(Arbitrary.Healthy(Its), Records.With(closed)), reopened));
    }

    // The minutes whose sweep tells that the group is stuck.
    private static List<int> Told(IEnumerable<int> minutes)
    {
        var (snapshot, told) = (Probed(Silent), new List<int>());
        foreach (var minute in minutes)
        {
            var now = Arbitrary.Noon.AddMinutes(minute).AddSeconds(7 * (minute % 2));
            if (DownPolicy.Record(snapshot, now) is { } down)
            {
                var before = snapshot.Records.Down;
                snapshot = snapshot.After(new AwsAction.RecordDownSince(down), true, now);
                if (DownPolicy.Result(snapshot, before, down, now) is RunResult.Stuck)
                {
                    told.Add(minute);
                }
            }
        }

        return told;
    }

    private static Snapshot Probed(ProbeResponse response, Records? records = null, Group? group = null) =>
        Arbitrary.Snapshot(records ?? Records, group ?? Serving).After([new ProbeResult("i-1", response, Arbitrary.Noon)]);
}
