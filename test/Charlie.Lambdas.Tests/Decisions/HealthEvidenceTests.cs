using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What probes add up to, and the pace at which they come.</summary>
public sealed class HealthEvidenceTests
{
    private static readonly ProbeResponse Healthy = new ProbeResponse.Healthy("image", TimeSpan.FromSeconds(9));
    private static readonly ProbeResponse Unhealthy = Arbitrary.Unhealthy(TimeSpan.FromSeconds(1));
    private static readonly ProbeResponse Silent = new ProbeResponse.Silent("no response");
    private static readonly ProbeResponse Locked = new ProbeResponse.Preparing(BootPhase.Lock);

    [Fact]
    public void Successes_and_failures_count_in_a_row()
    {
        Assert.Equal((2, 0), InARow(Add(Healthy, Healthy)));
        Assert.Equal((0, 2), InARow(Add(Healthy, Unhealthy, Silent)));
        Assert.Equal((1, 0), InARow(Add(Unhealthy, Healthy)));
    }

    [Fact]
    public void The_first_success_and_the_last_response_are_kept()
    {
        var evidence = Add(Unhealthy, Healthy, Healthy, Silent);
        Assert.Equal((At(2), At(4)), (evidence.FirstHealthyAt, evidence.LastAt));
        Assert.Equal(Silent, evidence.Last);
        Assert.Null(Add(Unhealthy).FirstHealthyAt);
    }

    [Fact]
    public void Another_image_is_a_failure_and_so_is_any_without_an_expected_one()
    {
        Assert.Equal((0, 1), InARow(HealthEvidence.None.Add(new ProbeResponse.Healthy("other", default), "image", At(1))));
        Assert.Equal((0, 1), InARow(HealthEvidence.None.Add(Healthy, null, At(1))));
    }

    [Fact]
    public void Unanswered_counts_from_the_first_of_the_last_probes_in_a_row_without_the_app()
    {
        Assert.Equal(TimeSpan.FromSeconds(2), Add(Healthy, Silent, Locked, Silent).UnansweredFor);
        Assert.Equal(TimeSpan.Zero, Add(Silent).UnansweredFor);
        Assert.Equal(TimeSpan.Zero, Add(Silent, Silent, Unhealthy).UnansweredFor);
        Assert.Equal(TimeSpan.FromSeconds(1), Add(Silent, Silent, Unhealthy, Silent, Silent).UnansweredFor);
        Assert.Equal(TimeSpan.Zero, HealthEvidence.None.UnansweredFor);
    }

    [Fact]
    public void A_machine_that_said_once_that_it_runs_the_app_has_run_it()
    {
        Assert.True(Add(Healthy, Silent).HasRunApp);
        Assert.True(Add(Unhealthy, Locked).HasRunApp);
        Assert.True(Add(Healthy).Afresh().HasRunApp);
        Assert.False(Add(Silent, Locked, new ProbeResponse.Failed(true, "no disk")).HasRunApp);
    }

    [Fact]
    public void Afresh_counts_anew_and_keeps_the_last_response()
    {
        var before = Add(Healthy, Healthy, Unhealthy, Healthy);
        var afresh = before.Afresh();
        Assert.Equal((0, 0), InARow(afresh));
        Assert.Equal((At(1), At(4)), (afresh.FirstHealthyAt, afresh.LastAt));
        Assert.Equal(Healthy, afresh.Last);
    }

    [Fact]
    public void Every_failed_probe_of_a_run_is_counted_also_before_it_counts_anew()
    {
        var evidence = Add(Unhealthy, Healthy, Unhealthy, Healthy).Afresh().Add(Unhealthy, "image", At(9)).Add(Healthy, "other", At(10));
        Assert.Equal(4, evidence.Failures);
    }

    [Fact]
    public void Pace_grows_from_a_quarter_of_a_second_to_two_seconds()
    {
        var waits = new List<double>();
        for (var pace = ProbePace.Start; waits.Count < 13; pace = pace.Slower())
        {
            waits.Add(pace.Next.TotalMilliseconds);
        }

        Assert.Equal(250, waits[0]);
        Assert.Equal(312.5, waits[1]);
        Assert.Equal(waits.Order(), waits);
        Assert.Equal([2000, 2000], waits[^2..]);
        Assert.True(waits[9] < 2000 && waits[10] == 2000);
    }

    private static (int Successes, int Failures) InARow(HealthEvidence evidence) =>
        (evidence.ConsecutiveSuccesses, evidence.ConsecutiveFailures);

    private static DateTimeOffset At(int seconds) => Arbitrary.Noon.AddSeconds(seconds);

    private static HealthEvidence Add(params ProbeResponse[] responses) =>
        responses.Index().Aggregate(HealthEvidence.None, (evidence, probe) => evidence.Add(probe.Item, "image", At(probe.Index + 1)));
}
