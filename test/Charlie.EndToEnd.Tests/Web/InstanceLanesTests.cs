using Charlie.Operations.Lanes;
using Charlie.Operations.Status;
using static Charlie.EndToEnd.Tests.Operating.Examples;

namespace Charlie.EndToEnd.Tests.Web;

/// <summary>What becomes of the lanes with one reading after another.</summary>
public sealed class InstanceLanesTests
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(10);

    [Fact]
    public void The_first_reading_begins_where_EC2_and_the_records_do()
    {
        var lane = Assert.Single(After((0, [Instance("i-1", "InService", launched: -100, inService: -60)])).Lanes);
        Assert.Equal(
            [
                new Stretch<LaneState>(LaneState.Pending, At(-100), At(-60)),
                new Stretch<LaneState>(LaneState.InService, At(-60), null),
            ],
            lane.Stretches);
    }

    [Fact]
    public void A_replacement_leaves_time_out_of_service_between_two_lanes()
    {
        var lanes = After(
            (0, [Instance("i-1", "InService")]),
            (1, [Instance("i-1", "Terminating")]),
            (2, [Instance("i-2", "Pending:Wait")]),
            (4, [Instance("i-2", "InService", probe: "healthy for 1 s")]));
        Assert.Equal(["i-1", "i-2"], lanes.Lanes.Select(lane => lane.Id));
        Assert.Equal([LaneState.InService, LaneState.Ending], lanes.Lanes[0].Stretches.Select(one => one.State));
        Assert.Equal(At(2), lanes.Lanes[0].EndedAt);
        Assert.Equal([LaneState.Pending, LaneState.InService], lanes.Lanes[1].Stretches.Select(one => one.State));
        Assert.Equal(
            [
                new Stretch<ServiceState>(ServiceState.Up, At(0), At(1)),
                new Stretch<ServiceState>(ServiceState.Down, At(1), At(4)),
                new Stretch<ServiceState>(ServiceState.Up, At(4), null),
            ],
            lanes.Service);
    }

    [Fact]
    public void An_instance_that_is_not_healthy_is_no_service()
    {
        var lanes = After(
            (0, [Instance("i-1", "InService", probe: "healthy for 9 s")]),
            (1, [Instance("i-1", "InService", probe: "not healthy for 1 s")]),
            (2, [Instance("i-1", "InService", probe: "not healthy for 2 s")]));
        Assert.Equal([LaneState.InService, LaneState.Unhealthy], lanes.Lanes[0].Stretches.Select(one => one.State));
        Assert.Equal([ServiceState.Up, ServiceState.Down], lanes.Service.Select(one => one.State));
    }

    [Fact]
    public void Readings_without_a_change_add_nothing()
    {
        var one = After((0, [Instance("i-1", "InService", probe: "healthy for 9 s")]));
        var more = one.Next(Status(5, AppState.InSync, Instance("i-1", "InService", probe: "healthy for 14 s")), Gap);
        Assert.Equal(one.Lanes[0].Stretches, more.Lanes[0].Stretches);
        Assert.Equal(one.Service, more.Service);
    }

    [Fact]
    public void Nothing_is_known_of_a_time_without_readings()
    {
        var lanes = After((0, [Instance("i-1", "InService")]), (100, [Instance("i-2", "InService")]));
        Assert.Equal(
            [ServiceState.Up, ServiceState.Unknown, ServiceState.Up], lanes.Service.Select(one => one.State));
        Assert.Equal((At(0), At(100)), (lanes.Service[1].From, lanes.Service[1].Until));
        Assert.Equal(At(0), lanes.Lanes.Single(lane => lane.Id == "i-1").EndedAt);
    }

    [Theory]
    [InlineData(AppState.Stopped)]
    [InlineData(AppState.Closed)]
    public void An_app_that_should_not_run_is_off_and_not_down(object state) =>
        Assert.Equal(ServiceState.Off, InstanceLanes.None.Next(Status(0, (AppState)state), Gap).Service.Single().State);

    [Fact]
    public void Lanes_that_ended_long_ago_are_forgotten()
    {
        var lanes = After((0, [Instance("i-1", "InService")]), (1, [Instance("i-2", "InService")]));
        Assert.Equal(2, lanes.Lanes.Length);
        var later = lanes.Next(Status(7 * 3600, AppState.InSync, Instance("i-2", "InService")), TimeSpan.MaxValue);
        Assert.Equal("i-2", later.Lanes.Single().Id);
    }

    private static InstanceLanes After(params (int Second, InstanceDocument[] Instances)[] readings) =>
        readings.Aggregate(
            InstanceLanes.None, (lanes, reading) => lanes.Next(Status(reading.Second, AppState.InSync, reading.Instances), Gap));

    private static StatusDocument Status(int second, AppState state, params InstanceDocument[] instances) =>
        AppStatus.Of(Confirmed(), Stack().Settings) with { At = At(second), State = state, Instances = instances };

    private static InstanceDocument Instance(string id, string state, int? launched = null, int? inService = null, string? probe = null) =>
        new(id, state, Second.ToString(), launched is { } at ? At(at) : null, inService is { } since ? At(since) : null, null, probe);

    private static DateTimeOffset At(int second) => Now.AddSeconds(second);
}
