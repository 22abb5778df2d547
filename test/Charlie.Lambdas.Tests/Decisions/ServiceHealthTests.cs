using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>How an instance of a release is judged that there is nothing better than: confirmed, or without a fallback.</summary>
public sealed class ServiceHealthTests
{
    private static readonly Strategy Rolling = new Strategy.Rolling(50, 150, TimeSpan.FromSeconds(60));

    private static readonly ProbeResponse Sick = Arbitrary.Unhealthy(TimeSpan.FromMinutes(3));

    /// <summary>One that waits at its launch hook and never ended has its health time, 300 s, as before the confirmation.</summary>
    [Theory]
    [InlineData(179.999, "InService", 0, false)]
    [InlineData(180, "InService", 0, true)]
    [InlineData(179.999, "Pending:Wait", 1, false)]
    [InlineData(180, "Pending:Wait", 1, true)]
    [InlineData(299.999, "Pending:Wait", 0, false)]
    [InlineData(300, "Pending:Wait", 0, true)]
    public void A_confirmed_release_is_replaced_after_three_minutes_of_ill_health(double seconds, string state, int restarts, bool replaces)
    {
        var time = TimeSpan.FromSeconds(seconds);
        var decision = Confirmed(new ProbeResponse.Unhealthy(time, time, restarts, null), state).Decide();
        Assert.Equal(replaces, decision is InstanceDecision.Replace { Removes: true });
        Assert.Equal(!replaces, decision.IsQuiet);
    }

    [Fact]
    public void The_three_minutes_are_the_apps_own_and_not_this_runs()
    {
        var first = Confirmed(Sick) with { Probes = 1, UnansweredFor = TimeSpan.Zero };
        Assert.IsType<InstanceDecision.Replace>(first.Decide());
    }

    [Fact]
    public void An_app_that_cannot_be_executed_or_another_image_is_replaced_at_once()
    {
        Assert.Equal("app: no such file", Replaced(Confirmed(new ProbeResponse.Failed(OfMachine: false, "no such file"))).Reason);
        Assert.StartsWith(
            "the instance runs ", Replaced(Confirmed(Arbitrary.Healthy(JudgedInstance.Old))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void How_the_app_ended_last_is_the_reason()
    {
        Assert.Equal("app: not healthy for 3 min", Replaced(Confirmed(Sick)).Reason);
        Assert.Equal(
            "app: exited with 1",
            Replaced(Confirmed(Arbitrary.Unhealthy(TimeSpan.FromMinutes(3), restarts: 9, lastEnd: "exited with 1"))).Reason);
    }

    [Theory]
    [InlineData(179.999, false)]
    [InlineData(180, true)]
    public void Silence_in_service_counts_after_three_minutes_on_end(double seconds, bool retries)
    {
        var silent = Confirmed(new ProbeResponse.Silent("no response")) with
        {
            Age = TimeSpan.FromHours(1),
            UnansweredFor = TimeSpan.FromSeconds(seconds),
        };
        Assert.Equal(retries, silent.Decide() is InstanceDecision.Retry { Reason: "machine: no response" });
        Assert.Equal(!retries, silent.Decide().IsQuiet);
    }

    [Theory]
    [InlineData(479.999, false)]
    [InlineData(480, true)]
    public void A_machine_that_boots_has_until_the_machine_deadline(double age, bool retries)
    {
        ProbeResponse[] responses = [new ProbeResponse.Silent("no response"), new ProbeResponse.Preparing(BootPhase.Pull)];
        foreach (var response in responses)
        {
            var booting = Confirmed(response, "Pending:Wait") with { Age = TimeSpan.FromSeconds(age), UnansweredFor = TimeSpan.Zero };
            Assert.Equal(retries, booting.Decide() is InstanceDecision.Retry);
        }
    }

    [Fact]
    public void The_lock_is_waited_for_without_a_limit()
    {
        foreach (var state in new[] { "InService", "Pending:Wait" })
        {
            var locked = Confirmed(new ProbeResponse.Preparing(BootPhase.Lock), state) with
            {
                Age = TimeSpan.FromDays(1),
                UnansweredFor = TimeSpan.FromHours(1),
            };
            Assert.True(locked.Decide().IsQuiet);
            Assert.True((locked with { Response = new ProbeResponse.Failed(OfMachine: true, "held", BootPhase.Lock) }).Decide().IsQuiet);
        }
    }

    [Fact]
    public void A_machine_failure_is_retried_at_once() =>
        Assert.Equal(
            "machine: no disk",
            Assert.IsType<InstanceDecision.Retry>(Confirmed(new ProbeResponse.Failed(OfMachine: true, "no disk")).Decide()).Reason);

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 9.99, null)]
    [InlineData(1, 10, 2)]
    [InlineData(2, 29.99, null)]
    [InlineData(2, 30, 3)]
    [InlineData(3, 59.99, null)]
    [InlineData(3, 60, 4)]
    [InlineData(4, 59.99, null)]
    [InlineData(4, 60, 5)]
    [InlineData(99, 60, 100)]
    public void Replacements_in_a_row_come_at_once_and_after_10_30_and_60_minutes(int count, double minutesSince, int? next)
    {
        var last = count == 0 ? null : new Replacement(JudgedInstance.Its, count, JudgedInstance.Now.AddMinutes(-minutesSince));
        var decision = (Confirmed(Sick) with { Replaced = last }).Decide();
        Assert.Equal(next, (decision as InstanceDecision.Replace)?.Replacement.Count);
        Assert.Equal(next is null, decision is InstanceDecision.Wait);
        Assert.True(decision is not InstanceDecision.Replace replace || replace.Replacement.LastAt == JudgedInstance.Now);
    }

    [Theory]
    [InlineData(59.99, 4)]
    [InlineData(60, 1)]
    public void The_back_off_begins_again_after_an_hour_of_health(double healthyMinutes, int count)
    {
        var last = new Replacement(JudgedInstance.Its, 3, JudgedInstance.Now.AddMinutes(-healthyMinutes - 3));
        Assert.Equal(count, Replaced(Confirmed(Sick) with { Replaced = last }).Replacement.Count);
    }

    [Fact]
    public void An_app_that_never_ran_on_its_machine_was_not_healthy_since_the_launch()
    {
        var last = new Replacement(JudgedInstance.Its, 3, JudgedInstance.Now.AddMinutes(-62));
        foreach (var response in new ProbeResponse[]
        {
            new ProbeResponse.Failed(OfMachine: false, "no such file"), Arbitrary.Healthy(JudgedInstance.Old),
        })
        {
            var failed = Confirmed(response, "Pending:Wait") with { Age = TimeSpan.FromMinutes(60), Replaced = last };
            Assert.Equal(4, Replaced(failed).Replacement.Count);
        }
    }

    [Theory]
    [InlineData(2, 4, true)]
    [InlineData(3, 4, false)]
    [InlineData(3, 5, false)]
    [InlineData(2, 5, true)]
    [InlineData(2, 2, false)]
    [InlineData(1, 1, true)]
    public void Of_a_rolling_group_that_is_sick_by_more_than_half_none_is_removed(int sick, int serving, bool removes)
    {
        var confirmed = Confirmed(Sick) with { Strategy = Rolling, Capacity = serving, Serving = serving, Sick = sick };
        var replace = Replaced(confirmed);
        Assert.Equal((removes, 1), (replace.Removes, replace.Replacement.Count));
        Assert.True(Replaced(confirmed with { Strategy = new Strategy.Replace() }).Removes);
    }

    [Fact]
    public void A_release_without_a_fallback_is_replaced_with_the_same_back_off()
    {
        var first = new JudgedInstance(Arbitrary.Unhealthy(TimeSpan.FromMinutes(3), restarts: 1)) { HasFallback = false };
        Assert.Equal(1, Replaced(first).Replacement.Count);
        var last = new Replacement(JudgedInstance.Its, 1, JudgedInstance.Now.AddMinutes(-9));
        Assert.IsType<InstanceDecision.Wait>((first with { Replaced = last }).Decide());
    }

    [Fact]
    public void A_release_without_a_fallback_is_not_rejected_at_the_deployment_deadline()
    {
        var attempts = new Attempts(JudgedInstance.Its, JudgedInstance.Now.AddDays(-1), 9, ["i-9"], "silent after the app's start: x");
        var old = new JudgedInstance(new ProbeResponse.Silent("no response"))
        {
            HasFallback = false,
            HasRunApp = true,
            TriedFor = TimeSpan.FromDays(1),
            Age = TimeSpan.FromHours(1),
            Attempts = attempts,
        };
        Assert.Equal(10, Assert.IsType<InstanceDecision.Retry>(old.Decide()).Attempts.Count);
    }

    private static InstanceDecision.Replace Replaced(JudgedInstance instance) => Assert.IsType<InstanceDecision.Replace>(instance.Decide());

    private static JudgedInstance Confirmed(ProbeResponse response, string state = "InService") =>
        new(response) { IsConfirmed = true, State = state };
}
