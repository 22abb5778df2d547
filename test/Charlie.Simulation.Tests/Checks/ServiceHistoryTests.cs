using Charlie.Sandbox.Context;
using Charlie.Simulation.Checks;

namespace Charlie.Simulation.Tests.Checks;

public sealed class ServiceHistoryTests
{
    private const string Instance = "i-0123456789abcdef0";

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>In service from 0 s to 70 s with version 9; reads lag by up to 20 s, and a write may land later.</summary>
    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(70, true)]
    [InlineData(90, true)]
    [InlineData(90.001, false)]
    public void An_instance_counts_at_the_time_of_the_decision_or_a_moment_before(double decided, bool counts)
    {
        var history = new ServiceHistory();
        history.Check(State("Pending", -30));
        history.Check(State("InService", 0));
        history.Check(State("Terminating", 70));
        history.Check(State("Terminated", 90));

        string[] expected = counts ? [Instance] : [];
        Assert.Equal(expected, history.InServiceFor(TimeSpan.FromMinutes(1), "9", Noon.AddSeconds(decided)));
        Assert.Empty(history.InServiceFor(TimeSpan.FromMinutes(1), "8", Noon.AddSeconds(decided)));
    }

    [Fact]
    public void What_an_instance_did_not_serve_does_not_count()
    {
        var history = new ServiceHistory();
        history.Check(State("InService", 0));
        history.Check(State("Terminating", 59));
        Assert.Empty(history.InServiceFor(TimeSpan.FromMinutes(1), "9", Noon.AddSeconds(65)));
    }

    [Fact]
    public void An_instance_in_service_counts_on()
    {
        var history = new ServiceHistory();
        history.Check(State("InService", 0));
        Assert.Equal([Instance], history.InServiceFor(TimeSpan.FromMinutes(1), "9", Noon.AddDays(1)));
    }

    private static TimelineEntry State(string state, double seconds) => new(
        Noon.AddSeconds(seconds),
        "autoscaling",
        "LifecycleStateChanged",
        Instance,
        state,
        Data: new Dictionary<string, string> { ["state"] = state, ["version"] = "9" });
}
