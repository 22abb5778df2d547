using Charlie.Simulation.Images;

namespace Charlie.Simulation.Tests.Images;

public sealed class ImageBehaviourTests
{
    private const string Image = "registry.example/app@sha256:1";

    [Theory]
    [InlineData(BehaviourKind.Healthy, "start", "200", "200", "200")]
    [InlineData(BehaviourKind.Error500, "start", "run 0", "run 0", "run 0")]
    [InlineData(BehaviourKind.Exits, "start", "run 1 exited with 1: no key", "run 4 exited with 1: no key", "run 4 exited with 1: no key")]
    [InlineData(BehaviourKind.CannotRun, "start", "app: exited with 127: no key", "app: exited with 127: no key", "app: exited with 127: no key")]
    [InlineData(BehaviourKind.MachineFailure, "start", "machine: no key", "machine: no key", "machine: no key")]
    [InlineData(BehaviourKind.HangsInPull, "start", "pull", "pull", "pull")]
    [InlineData(
        BehaviourKind.FailsPreflight, "start", "app: preflight: exited with 1: no key", "app: preflight: exited with 1: no key",
        "app: preflight: exited with 1: no key")]
    [InlineData(BehaviourKind.NeverBoots, "nothing", "nothing", "nothing", "nothing")]
    [InlineData(BehaviourKind.HealthyThen500, "start", "200", "200", "run 0")]
    [InlineData(BehaviourKind.HealthyThenExits, "start", "200", "200", "run 1 exited with 1: no key")]
    [InlineData(BehaviourKind.Flaps, "start", "200", "200", "run 0")]
    [InlineData(BehaviourKind.StartsThenSilent, "start", "200", "200", "nothing")]
    public void An_image_responds_by_its_behaviour_and_age(
        BehaviourKind kind, string booting, string booted, string soon, string later)
    {
        var behaviour = new ImageBehaviour(kind, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), "no key");
        Assert.Equal([booting, booted, soon, later],
            new[] { 4.9, 5, 14.9, 15 }.Select(age => Tell(behaviour.At(TimeSpan.FromSeconds(age), Image))));
    }

    [Fact]
    public void A_machine_is_silent_first_and_goes_through_its_phases()
    {
        var behaviour = new ImageBehaviour(BehaviourKind.Healthy, TimeSpan.FromSeconds(40), TimeSpan.Zero, null);
        Assert.Equal(["nothing", "boot", "secrets", "pull", "prepare", "lock", "start", "200"],
            new[] { 9.9, 10, 15, 20, 25, 30, 35, 40 }.Select(age => Tell(behaviour.At(TimeSpan.FromSeconds(age), Image))));
    }

    /// <summary>The lock comes last: what is prepared is named there and nowhere else, and the start follows at once.</summary>
    [Fact]
    public void A_machine_at_the_lock_names_the_image_that_it_prepared()
    {
        var behaviour = new ImageBehaviour(BehaviourKind.Healthy, TimeSpan.FromSeconds(40), TimeSpan.Zero, null)
        {
            LockTime = TimeSpan.FromSeconds(300),
        };
        var responses = Enumerable.Range(10, 340).Select(age => behaviour.At(TimeSpan.FromSeconds(age), Image)).ToArray();
        Assert.Equal(
            ["boot", "secrets", "pull", "prepare", "lock", "machine: the address is still with another instance", "start", "run"],
            responses.Select(response => response.Failure ?? response.Phase!).Distinct());
        Assert.All(
            responses,
            response => Assert.Equal(
                response is { Phase: "lock", Failure: null } ? Image : null, response.Headers().GetValueOrDefault("X-Charlie-Prepared")));
    }

    /// <summary>An app ends at its starts after 0, 1, 3, 7, 15 and 31 s of an outage; the next start is a minute after it began.</summary>
    [Fact]
    public void An_app_is_healthy_again_at_its_first_start_after_an_outage()
    {
        var behaviour = new ImageBehaviour(BehaviourKind.Healthy, TimeSpan.FromSeconds(5), TimeSpan.Zero, null);
        (TimeSpan, TimeSpan) outage = (TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(140));

        string Response(double age) => Tell(behaviour.At(TimeSpan.FromSeconds(age), Image, outage));

        Assert.Equal("200", Response(99.9));
        Assert.StartsWith("run ", Response(100));
        Assert.StartsWith("run ", Response(160.9));
        Assert.Equal("200", Response(161));
        Assert.Equal(161, behaviour.At(TimeSpan.FromSeconds(200), Image, outage).Run!.Since.TotalSeconds);
    }

    [Fact]
    public void Another_image_responds_with_another_digest_of_the_same_repository()
    {
        var response = new ImageBehaviour(BehaviourKind.OtherImage, TimeSpan.Zero, TimeSpan.Zero, null).At(TimeSpan.Zero, Image);
        Assert.Equal(200, response.Status);
        Assert.StartsWith("registry.example/app@sha256:", response.Image, StringComparison.Ordinal);
        Assert.NotEqual(Image, response.Image);
    }

    private static string Tell(MachineResponse response) => response switch
    {
        { Listening: false } => "nothing",
        { Failure: { } failure } => failure,
        { Status: 200 } => "200",
        { Run: { } run } => $"run {run.Restarts} {response.LastEnd}".TrimEnd(),
        _ => response.Phase!,
    };
}
