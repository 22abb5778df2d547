using System.Net;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Health;

namespace Charlie.Lambdas.Tests.Health;

/// <summary>What a machine's headers mean: right, missing, malformed and of any clock.</summary>
public sealed class HealthResponseTests
{
    private const string Image = "registry.gitlab.com/example/charlie@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly (string Name, string Value)[] Healthy =
    [
        (HealthResponse.ImageHeader, Image), (HealthResponse.NowHeader, "1763812800.500"),
        (HealthResponse.HealthySinceHeader, "1763812740.250"),
    ];

    private static readonly (string Name, string Value)[] Unhealthy =
    [
        (HealthResponse.PhaseHeader, "run"), (HealthResponse.NowHeader, "1763812800.000"),
        (HealthResponse.UnhealthySinceHeader, "1763812790"), (HealthResponse.RunSinceHeader, "1763812700"),
        (HealthResponse.RestartsHeader, "3"), (HealthResponse.LastEndHeader, "exited with 1: no API key"),
    ];

    private static readonly (string Name, string Value)[] Prepared =
        [(HealthResponse.PhaseHeader, "lock"), (HealthResponse.PreparedHeader, Image)];

    /// <summary>Values that are no time, or none that fits.</summary>
    public static TheoryData<string> NoTime =>
    [
        "", "now", "-1", "+1", "1e9", "1,5", "0x10", "NaN", "Infinity", " 1763812740 x", new string('9', 21), new string('9', 400),
        "1763812740.1.2", "１２３",
    ];

    public static TheoryData<string> EachHeader =>
    [
        HealthResponse.ImageHeader, HealthResponse.FailureHeader, HealthResponse.PhaseHeader, HealthResponse.PreparedHeader,
        HealthResponse.NowHeader, HealthResponse.RunSinceHeader, HealthResponse.HealthySinceHeader, HealthResponse.UnhealthySinceHeader,
        HealthResponse.RestartsHeader, HealthResponse.LastEndHeader,
    ];

    [Fact]
    public void A_200_with_an_image_is_healthy_for_the_difference_of_the_machines_times() =>
        Assert.Equal(new ProbeResponse.Healthy(Image, TimeSpan.FromSeconds(60.25)), Read(200, Healthy));

    [Theory]
    [InlineData("X-Charlie-Image", "200 without X-Charlie-Image")]
    [InlineData("X-Charlie-Now", "200 without X-Charlie-Now and X-Charlie-Healthy-Since")]
    [InlineData("X-Charlie-Healthy-Since", "200 without X-Charlie-Now and X-Charlie-Healthy-Since")]
    public void A_200_that_lacks_a_header_is_silence(string name, string why) =>
        Assert.Equal(new ProbeResponse.Silent(why), Read(200, [.. Healthy.Where(header => header.Name != name)]));

    [Fact]
    public void A_200_is_healthy_whatever_else_it_says() =>
        Assert.IsType<ProbeResponse.Healthy>(
            Read(200, [.. Healthy, (HealthResponse.FailureHeader, "app: x"), (HealthResponse.PhaseHeader, "run")]));

    [Theory]
    [InlineData("boot", 0)]
    [InlineData("secrets", 1)]
    [InlineData("pull", 2)]
    [InlineData("prepare", 3)]
    [InlineData("lock", 4)]
    [InlineData("start", 5)]
    public void A_503_in_a_phase_before_the_app_is_that_phase(string phase, int expected) =>
        Assert.Equal(new ProbeResponse.Preparing((BootPhase)expected), Read(503, (HealthResponse.PhaseHeader, phase)));

    [Fact]
    public void A_machine_at_the_lock_says_which_image_it_has_prepared() =>
        Assert.Equal(new ProbeResponse.Preparing(BootPhase.Lock, Image), Read(503, Prepared));

    [Theory]
    [InlineData("boot")]
    [InlineData("secrets")]
    [InlineData("pull")]
    [InlineData("prepare")]
    [InlineData("start")]
    public void In_every_other_phase_a_prepared_image_means_nothing(string phase) =>
        Assert.Null(
            Assert.IsType<ProbeResponse.Preparing>(Read(503, With(Prepared, HealthResponse.PhaseHeader, phase))).Prepared);

    [Fact]
    public void An_empty_prepared_image_is_none_and_a_long_one_is_cut()
    {
        Assert.Equal(new ProbeResponse.Preparing(BootPhase.Lock), Read(503, With(Prepared, HealthResponse.PreparedHeader, "")));
        var cut = Assert.IsType<ProbeResponse.Preparing>(
            Read(503, With(Prepared, HealthResponse.PreparedHeader, new string('x', 4000))));
        Assert.Equal(512, cut.Prepared?.Length);
    }

    [Fact]
    public void A_machine_that_failed_at_the_lock_has_prepared_nothing() =>
        Assert.Equal(
            new ProbeResponse.Failed(true, "the address is gone", BootPhase.Lock),
            Read(503, [.. Prepared, (HealthResponse.FailureHeader, "machine: the address is gone")]));

    [Theory]
    [InlineData("Boot")]
    [InlineData("0")]
    [InlineData("running")]
    [InlineData("a phase with a very long name")]
    public void A_503_in_any_other_phase_is_silence(string phase) =>
        Assert.Equal(
            new ProbeResponse.Silent("status 503 without X-Charlie-Failure and a known X-Charlie-Phase"),
            Read(503, (HealthResponse.PhaseHeader, phase)));

    [Fact]
    public void A_503_in_phase_run_is_unhealthy_with_the_machines_own_ages() =>
        Assert.Equal(
            new ProbeResponse.Unhealthy(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(100), 3, "exited with 1: no API key"),
            Read(503, Unhealthy));

    [Theory]
    [InlineData("X-Charlie-Now")]
    [InlineData("X-Charlie-Unhealthy-Since")]
    [InlineData("X-Charlie-Run-Since")]
    public void A_503_in_phase_run_that_lacks_a_time_is_silence(string name) =>
        Assert.Equal(
            new ProbeResponse.Silent("phase run without X-Charlie-Now, X-Charlie-Run-Since and X-Charlie-Unhealthy-Since"),
            Read(503, [.. Unhealthy.Where(header => header.Name != name)]));

    [Theory]
    [InlineData("")]
    [InlineData("-3")]
    [InlineData("3.5")]
    [InlineData("many")]
    [InlineData("99999999999")]
    public void Restarts_that_cannot_be_read_are_none(string restarts) =>
        Assert.Equal(
            0, Assert.IsType<ProbeResponse.Unhealthy>(Read(503, With(Unhealthy, HealthResponse.RestartsHeader, restarts))).Restarts);

    [Fact]
    public void Restarts_and_last_end_may_be_missing()
    {
        var response = Assert.IsType<ProbeResponse.Unhealthy>(Read(503, Unhealthy[..4]));
        Assert.Equal((0, null), (response.Restarts, response.LastEnd));
    }

    [Theory]
    [InlineData("app: exited with 1", false, "exited with 1")]
    [InlineData("machine: the registry is away", true, "the registry is away")]
    [InlineData("broken", false, "broken")]
    [InlineData("Machine: x", false, "Machine: x")]
    [InlineData("machine:", true, "")]
    [InlineData("app:machine: x", false, "machine: x")]
    public void A_503_with_a_failure_says_whose_it_is(string failure, bool ofMachine, string reason) =>
        Assert.Equal(new ProbeResponse.Failed(ofMachine, reason), Read(503, (HealthResponse.FailureHeader, failure)));

    [Fact]
    public void A_failure_names_the_phase_that_failed() =>
        Assert.Equal(
            new ProbeResponse.Failed(true, "no such image", BootPhase.Pull),
            Read(503, (HealthResponse.FailureHeader, "machine: no such image"), (HealthResponse.PhaseHeader, "pull")));

    [Fact]
    public void A_failure_in_phase_run_has_no_phase_and_needs_no_times() =>
        Assert.Equal(
            new ProbeResponse.Failed(false, "exited with 1"),
            Read(503, (HealthResponse.FailureHeader, "app: exited with 1"), (HealthResponse.PhaseHeader, "run")));

    [Fact]
    public void A_long_failure_is_cut() =>
        Assert.Equal(
            160,
            Assert.IsType<ProbeResponse.Failed>(Read(503, (HealthResponse.FailureHeader, "app: " + new string('x', 4000))))
                .Reason.Length);

    [Theory]
    [InlineData(204)]
    [InlineData(301)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(502)]
    public void Any_other_status_is_silence(int status) =>
        Assert.Equal(
            new ProbeResponse.Silent($"status {status}"), Read(status, [.. Healthy, (HealthResponse.FailureHeader, "app: exited with 1")]));

    [Theory]
    [MemberData(nameof(NoTime))]
    public void A_time_that_cannot_be_read_is_missing(string time)
    {
        Assert.IsType<ProbeResponse.Silent>(Read(200, With(Healthy, HealthResponse.NowHeader, time)));
        Assert.IsType<ProbeResponse.Silent>(Read(200, With(Healthy, HealthResponse.HealthySinceHeader, time)));
        Assert.IsType<ProbeResponse.Silent>(Read(503, With(Unhealthy, HealthResponse.RunSinceHeader, time)));
        Assert.IsType<ProbeResponse.Silent>(Read(503, With(Unhealthy, HealthResponse.UnhealthySinceHeader, time)));
    }

    [Theory]
    [InlineData("0", "0", 0)]
    [InlineData("60", "0", 60)]
    [InlineData("1763812800.5", "1763812740.5", 60)]
    [InlineData("99999999999999999999", "99999999999999999939", 60)]
    [InlineData("100", "160", 0)]
    [InlineData("99999999999999999999", "0", 315360000)]
    public void Only_the_difference_of_two_times_of_one_answer_counts(string now, string since, double seconds)
    {
        var healthy = With(With(Healthy, HealthResponse.NowHeader, now), HealthResponse.HealthySinceHeader, since);
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<ProbeResponse.Healthy>(Read(200, healthy)).For);
    }

    [Theory]
    [MemberData(nameof(EachHeader))]
    public void A_header_that_comes_twice_is_missing(string name)
    {
        (int, (string Name, string Value)[])[] answers =
            [(200, Healthy), (503, Unhealthy), (503, Prepared), (503, [(HealthResponse.FailureHeader, "app: x")])];
        foreach (var (status, headers) in answers)
        {
            var twice = headers.SelectMany(header => header.Name == name ? [header, header] : new[] { header }).ToArray();
            var missing = headers.Where(header => header.Name != name).ToArray();
            Assert.Equal(Read(status, missing), Read(status, twice));
        }
    }

    [Fact]
    public void Nothing_that_a_header_says_throws()
    {
        var random = new Random(20261122);
        string[] values =
            ["", "0", "-", "run", "lock", "app:", "machine:", "1763812800", new('9', 28), "\u0001\u009f", "NaN", ",", "é"];
        for (var sample = 0; sample < 5000; sample++)
        {
            var headers = EachHeader.Select(row => (row.Data, values[random.Next(values.Length)])).Where(_ => random.Next(3) > 0).ToArray();
            var read = Read(random.Next(3) == 0 ? 200 : 503, headers);
            Assert.NotNull(read.Describe());
        }
    }

    private static (string Name, string Value)[] With((string Name, string Value)[] headers, string name, string value) =>
        [.. headers.Select(header => header.Name == name ? (name, value) : header)];

    private static ProbeResponse Read(int status, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return HealthResponse.Read(response);
    }
}
