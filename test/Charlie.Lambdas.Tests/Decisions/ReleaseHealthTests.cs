using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>How an instance of a release is judged that is not confirmed and has a fallback: each row of the rules at its limit.</summary>
public sealed class ReleaseHealthTests
{
    private const int Deadline = 480;
    private const int DeploymentDeadline = 1800;

    private static readonly ProbeResponse Silence = new ProbeResponse.Silent("no response within 2 s");

    private static readonly Attempts TwoFailed =
        new(JudgedInstance.Its, JudgedInstance.Now.AddHours(-1), 2, ["i-8", "i-9"], "machine: no disk");

    private static readonly DownSince Down = new(JudgedInstance.Now.AddMinutes(-11), 0, JudgedInstance.Now.AddMinutes(-11));

    public static TheoryData<int> AllPhases => [.. Enum.GetValues<BootPhase>().Cast<int>()];

    public static TheoryData<int> PhasesWithADeadline =>
        [.. Enum.GetValues<BootPhase>().Except([BootPhase.Lock, BootPhase.Start]).Cast<int>()];

    /// <summary>The phases in which the machine handles the image.</summary>
    public static TheoryData<int> PhasesOfTheImage => [(int)BootPhase.Pull, (int)BootPhase.Prepare];

    [Theory]
    [MemberData(nameof(AllPhases))]
    public void A_phase_before_the_app_waits_until_the_machine_deadline(int phase) =>
        Assert.IsType<InstanceDecision.Wait>(In(phase, Deadline - 0.001).Decide());

    [Theory]
    [MemberData(nameof(PhasesWithADeadline))]
    public void A_phase_at_the_machine_deadline_is_retried(int phase)
    {
        var retry = Assert.IsType<InstanceDecision.Retry>(In(phase, Deadline).Decide());
        Assert.Equal((1, JudgedInstance.Now.AddSeconds(-Deadline)), (retry.Attempts.Count, retry.Attempts.FirstLaunch));
    }

    [Theory]
    [InlineData((int)BootPhase.Lock, 480)]
    [InlineData((int)BootPhase.Lock, 86400)]
    [InlineData((int)BootPhase.Start, 86400)]
    public void The_lock_and_the_start_after_it_are_waited_for_without_a_limit(int phase, int seconds) =>
        Assert.IsType<InstanceDecision.Wait>(
            (In(phase, seconds) with { TriedFor = TimeSpan.FromDays(1), Attempts = TwoFailed }).Decide());

    [Theory]
    [MemberData(nameof(PhasesWithADeadline))]
    public void Only_pull_and_prepare_count_against_the_release_in_the_end(int phase)
    {
        var ofImage = PhasesOfTheImage.Any(row => row.Data == phase);
        var decision = (In(phase, Deadline) with { TriedFor = TimeSpan.FromSeconds(DeploymentDeadline), Attempts = TwoFailed }).Decide();
        Assert.Equal(ofImage, decision is InstanceDecision.RollBack);
        Assert.Equal(!ofImage, decision is InstanceDecision.Retry);
    }

    [Theory]
    [InlineData(1799.999, 2, false)]
    [InlineData(1800, 1, false)]
    [InlineData(1800, 2, true)]
    public void They_count_after_the_deployment_deadline_and_three_machines(double triedFor, int failedBefore, bool rejects)
    {
        var attempts = TwoFailed with { Count = failedBefore, Instances = [.. TwoFailed.Instances.Take(failedBefore)] };
        foreach (var phase in PhasesOfTheImage.Select(row => row.Data))
        {
            var late = In(phase, Deadline) with { TriedFor = TimeSpan.FromSeconds(triedFor), Attempts = attempts };
            Assert.Equal(rejects, late.Decide() is InstanceDecision.RollBack);
            var failed = late with { Response = new ProbeResponse.Failed(OfMachine: true, "no response", (BootPhase)phase) };
            Assert.Equal(rejects, failed.Decide() is InstanceDecision.RollBack);
        }
    }

    [Fact]
    public void A_machine_failure_of_any_other_phase_is_retried_for_ever()
    {
        BootPhase?[] phases = [null, BootPhase.Boot, BootPhase.Secrets, BootPhase.Start];
        Assert.All(
            phases,
            phase => Assert.IsType<InstanceDecision.Retry>(
                (Unconfirmed(new ProbeResponse.Failed(OfMachine: true, "no disk", phase)) with
                {
                    TriedFor = TimeSpan.FromDays(1),
                    Attempts = TwoFailed,
                }).Decide()));
    }

    [Fact]
    public void A_machine_that_another_has_the_lock_of_stays() =>
        Assert.IsType<InstanceDecision.Wait>(
            (Unconfirmed(new ProbeResponse.Failed(OfMachine: true, "another machine has the lock", BootPhase.Lock)) with
            {
                TriedFor = TimeSpan.FromDays(1),
                Attempts = TwoFailed,
            }).Decide());

    [Theory]
    [InlineData(479.999, 60, false)]
    [InlineData(480, 29.999, false)]
    [InlineData(480, 30, true)]
    public void Silence_counts_after_the_machine_deadline_and_half_a_minute_on_end(double age, double unanswered, bool retries)
    {
        var silent = Unconfirmed(Silence) with { Age = TimeSpan.FromSeconds(age), UnansweredFor = TimeSpan.FromSeconds(unanswered) };
        Assert.Equal(retries, silent.Decide() is InstanceDecision.Retry);
        Assert.Equal(!retries, silent.Decide() is InstanceDecision.Wait);
    }

    [Fact]
    public void A_first_machine_that_fell_silent_after_its_start_is_retried()
    {
        var retry = Assert.IsType<InstanceDecision.Retry>(SilentAfterStart.Decide());
        Assert.Equal("silent after the app's start: no response within 2 s", retry.Attempts.LastFailure);
        var before = Assert.IsType<InstanceDecision.Retry>((SilentAfterStart with { HasRunApp = false }).Decide());
        Assert.Equal("silent: no response within 2 s", before.Attempts.LastFailure);
    }

    [Fact]
    public void A_second_machine_that_fell_silent_after_its_start_rejects_the_release()
    {
        var first = Assert.IsType<InstanceDecision.Retry>(SilentAfterStart.Decide()).Attempts;
        var second = SilentAfterStart with { Id = "i-2", Attempts = first };
        Assert.Equal(
            "app: two machines in a row fell silent after the app's start: no response within 2 s",
            Assert.IsType<InstanceDecision.RollBack>(second.Decide()).Rejection.Reason);
    }

    [Fact]
    public void The_same_machine_judged_twice_is_no_second_one()
    {
        var first = Assert.IsType<InstanceDecision.Retry>(SilentAfterStart.Decide()).Attempts;
        Assert.Equal(first, Assert.IsType<InstanceDecision.Retry>((SilentAfterStart with { Attempts = first }).Decide()).Attempts);
    }

    [Theory]
    [InlineData(true, "silent: no response within 2 s")]
    [InlineData(true, "machine: no disk")]
    [InlineData(false, "silent after the app's start: no response within 2 s")]
    public void A_silent_machine_rejects_only_after_another_that_had_run_the_app_too(bool hasRunApp, string before)
    {
        var attempts = TwoFailed with { Count = 1, Instances = ["i-9"], LastFailure = before };
        Assert.IsType<InstanceDecision.Retry>((SilentAfterStart with { HasRunApp = hasRunApp, Attempts = attempts }).Decide());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Of_silence_only_that_after_the_start_counts_after_the_deployment_deadline(bool hasRunApp, bool rejects) =>
        Assert.Equal(
            rejects,
            (SilentAfterStart with { HasRunApp = hasRunApp, TriedFor = TimeSpan.FromSeconds(DeploymentDeadline), Attempts = TwoFailed })
                .Decide() is InstanceDecision.RollBack);

    [Fact]
    public void An_app_that_cannot_be_executed_is_rejected_at_once()
    {
        var rejection = Assert.IsType<InstanceDecision.RollBack>(Unconfirmed(new ProbeResponse.Failed(false, "no such file")).Decide())
            .Rejection;
        Assert.Equal(
            (JudgedInstance.Its, JudgedInstance.Old, RejectedBy.Charlie, "app: no such file"),
            (rejection.From, rejection.Fallback, rejection.By, rejection.Reason));
    }

    [Fact]
    public void Another_image_is_rejected_at_once() =>
        Assert.Equal(
            $"the instance runs {Arbitrary.Image(JudgedInstance.Old)} and not {Arbitrary.Image(JudgedInstance.Its)}",
            Assert.IsType<InstanceDecision.RollBack>(Unconfirmed(Arbitrary.Healthy(JudgedInstance.Old)).Decide()).Rejection.Reason);

    [Theory]
    [InlineData(59.999, false)]
    [InlineData(60, true)]
    public void An_app_that_exits_again_and_again_is_rejected_after_the_start_time(double seconds, bool rejects)
    {
        var decision = Unconfirmed(Exited(seconds)).Decide();
        Assert.Equal(rejects, decision is InstanceDecision.RollBack { Rejection.Reason: "app: exited with 1" });
        Assert.Equal(!rejects, decision is InstanceDecision.Wait);
    }

    [Fact]
    public void Without_a_start_time_the_first_exit_rejects()
    {
        var none = Arbitrary.Rules with { StartTime = TimeSpan.Zero };
        Assert.IsType<InstanceDecision.RollBack>((Unconfirmed(Exited(0)) with { Rules = none }).Decide());
        Assert.IsType<InstanceDecision.Wait>((Unconfirmed(Arbitrary.Unhealthy(TimeSpan.FromSeconds(299))) with { Rules = none }).Decide());
    }

    [Theory]
    [InlineData(299.999, false)]
    [InlineData(300, true)]
    public void An_app_that_does_not_become_healthy_is_rejected_after_the_health_time(double seconds, bool rejects) =>
        Assert.Equal(
            rejects,
            Unconfirmed(Arbitrary.Unhealthy(TimeSpan.FromSeconds(seconds))).Decide()
                is InstanceDecision.RollBack { Rejection.Reason: "app: not healthy for 5 min" });

    [Fact]
    public void The_health_time_counts_from_the_app_and_not_from_the_launch() =>
        Assert.IsType<InstanceDecision.Wait>(
            (Unconfirmed(Arbitrary.Unhealthy(TimeSpan.FromSeconds(299))) with { Age = TimeSpan.FromHours(1) }).Decide());

    [Theory]
    [InlineData(29.999, 0, 60, false)]
    [InlineData(30, 0, 60, true)]
    [InlineData(30, 1, 60, true)]
    [InlineData(9.999, 1, 10, false)]
    [InlineData(10, 1, 10, true)]
    public void In_the_bake_half_a_minute_of_ill_health_rejects(double seconds, int restarts, int startTime, bool rejects)
    {
        var serving = Unconfirmed(Arbitrary.Unhealthy(TimeSpan.FromSeconds(seconds), TimeSpan.FromMinutes(5), restarts)) with
        {
            State = "InService",
            InServiceFor = TimeSpan.FromSeconds(40),
            Rules = Arbitrary.Rules with { StartTime = TimeSpan.FromSeconds(startTime) },
        };
        Assert.Equal(rejects, serving.Decide() is InstanceDecision.RollBack);
        Assert.Equal(!rejects, serving.Decide() is InstanceDecision.Wait);
    }

    [Theory]
    [InlineData(1799.999, false)]
    [InlineData(1800, true)]
    public void What_flaps_is_rejected_at_the_deployment_deadline_and_not_before(double triedFor, bool rejects)
    {
        var (second, run) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(300));
        foreach (var flapping in new[] { Arbitrary.Unhealthy(second, run), Arbitrary.Unhealthy(second, run, restarts: 1) })
        {
            var decision = (Unconfirmed(flapping) with { TriedFor = TimeSpan.FromSeconds(triedFor) }).Decide();
            Assert.Equal(rejects, decision is InstanceDecision.RollBack);
        }
    }

    [Theory]
    [InlineData(1859.999, 360, 59, false)]
    [InlineData(1860, 359.999, 59, false)]
    [InlineData(1860, 360, 60, false)]
    [InlineData(1860, 360, 59, true)]
    public void What_every_probe_finds_healthy_again_is_rejected_when_the_bake_after_the_deployment_deadline_is_over(
        double triedFor, double inServiceFor, double healthyFor, bool rejects)
    {
        var flapping = Unconfirmed(new ProbeResponse.Healthy(Arbitrary.Image(JudgedInstance.Its), TimeSpan.FromSeconds(healthyFor))) with
        {
            State = "InService",
            TriedFor = TimeSpan.FromSeconds(triedFor),
            InServiceFor = TimeSpan.FromSeconds(inServiceFor),
            Baked = healthyFor < 60 ? 0 : 1,
        };
        const string reason = "app: healthy for 59 s again, and never for 1 min on end";
        Assert.Equal(rejects, flapping.Decide() is InstanceDecision.RollBack { Rejection.Reason: reason });
        Assert.Equal(!rejects, flapping.Decide() is InstanceDecision.Wait or InstanceDecision.Confirm);
    }

    [Fact]
    public void An_app_that_only_starts_is_not_flapping_at_the_deployment_deadline()
    {
        var starting = Unconfirmed(Arbitrary.Unhealthy(TimeSpan.FromSeconds(100))) with { TriedFor = TimeSpan.FromSeconds(1800) };
        Assert.IsType<InstanceDecision.Wait>(starting.Decide());
        var young = starting with { Response = Arbitrary.Unhealthy(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(299), restarts: 1) };
        Assert.IsType<InstanceDecision.Wait>(young.Decide());
    }

    [Fact]
    public void What_never_ended_and_never_was_healthy_does_not_flap()
    {
        // Below the limit of an app that is started again, and above that of one that is judged for flapping.
        var rules = Arbitrary.Rules with { StartTime = TimeSpan.FromSeconds(500), HealthDeadline = TimeSpan.FromSeconds(100) };
        var overdue = Unconfirmed(Silence) with { TriedFor = TimeSpan.FromSeconds(1800), Rules = rules };
        var (ill, run) = (TimeSpan.FromSeconds(99), TimeSpan.FromSeconds(200));
        Assert.IsType<InstanceDecision.Wait>((overdue with { Response = Arbitrary.Unhealthy(ill) }).Decide());
        Assert.IsType<InstanceDecision.RollBack>((overdue with { Response = Arbitrary.Unhealthy(ill, run) }).Decide());
        Assert.IsType<InstanceDecision.RollBack>((overdue with { Response = Arbitrary.Unhealthy(run, run, restarts: 1) }).Decide());
    }

    [Theory]
    [InlineData(1799.999, false)]
    [InlineData(1800, true)]
    public void Where_the_app_was_down_before_health_is_judged_at_the_deployment_deadline_only(double triedFor, bool rejects)
    {
        foreach (var response in new[] { Arbitrary.Unhealthy(TimeSpan.FromSeconds(300)), Exited(60) })
        {
            var decision = (Unconfirmed(response) with { Down = Down, TriedFor = TimeSpan.FromSeconds(triedFor) }).Decide();
            Assert.Equal(rejects, decision is InstanceDecision.RollBack);
            Assert.Equal(!rejects, decision is InstanceDecision.Wait);
        }
    }

    [Fact]
    public void Down_since_later_or_not_of_the_app_or_over_is_no_reason_to_wait()
    {
        var failing = Unconfirmed(Arbitrary.Unhealthy(TimeSpan.FromSeconds(300)));
        Assert.All(
            [Down with { SickSince = JudgedInstance.Now.AddSeconds(-100) }, Down with { SickSince = null }, DownSince.NotDown],
            down => Assert.IsType<InstanceDecision.RollBack>((failing with { Down = down }).Decide()));
    }

    [Fact]
    public void Down_before_the_first_launch_is_a_reason_to_wait_although_the_release_was_desired_before() =>
        Assert.IsType<InstanceDecision.Wait>(
            (Unconfirmed(Arbitrary.Unhealthy(TimeSpan.FromSeconds(300))) with
            {
                Down = Down with { SickSince = JudgedInstance.Now.AddSeconds(-101) },
            }).Decide());

    [Fact]
    public void A_sick_app_from_before_the_group_closed_is_a_reason_to_wait() =>
        Assert.IsType<InstanceDecision.Wait>(
            (Unconfirmed(Arbitrary.Unhealthy(TimeSpan.FromSeconds(300))) with { Down = Down with { Since = null } }).Decide());

    [Fact]
    public void What_cannot_be_executed_is_rejected_although_the_app_was_down_before() =>
        Assert.IsType<InstanceDecision.RollBack>(
            (Unconfirmed(new ProbeResponse.Failed(OfMachine: false, "no such file")) with { Down = Down }).Decide());

    private static JudgedInstance SilentAfterStart =>
        Unconfirmed(Silence) with { HasRunApp = true, Age = TimeSpan.FromSeconds(Deadline) };

    private static JudgedInstance Unconfirmed(ProbeResponse response) => new(response);

    private static JudgedInstance In(int phase, double age) =>
        new(new ProbeResponse.Preparing((BootPhase)phase)) { Age = TimeSpan.FromSeconds(age) };

    private static ProbeResponse.Unhealthy Exited(double seconds) =>
        Arbitrary.Unhealthy(TimeSpan.FromSeconds(seconds), restarts: 3, lastEnd: "exited with 1");
}
