using Charlie.Sandbox.Instances;

namespace Charlie.Sandbox.Tests.Instances;

public sealed class ImageBehaviourTests
{
    private const string Image = "registry.example/app@sha256:1";

    [Theory]
    [InlineData(BehaviourKind.Healthy, "nothing", "200", "200")]
    [InlineData(BehaviourKind.Error500, "nothing", "500", "500")]
    [InlineData(BehaviourKind.Exits, "nothing", "503 app: exited with 1: no key", "503 app: exited with 1: no key")]
    [InlineData(BehaviourKind.MachineFailure, "nothing", "503 machine: no key", "503 machine: no key")]
    [InlineData(BehaviourKind.NeverBoots, "nothing", "nothing", "nothing")]
    [InlineData(BehaviourKind.HealthyThen500, "nothing", "200", "500")]
    [InlineData(BehaviourKind.HealthyThenExits, "nothing", "200", "503 app: exited with 1: no key")]
    public void An_image_answers_by_its_behaviour_and_age(BehaviourKind kind, string booting, string booted, string later)
    {
        var behaviour = new ImageBehaviour(kind, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), "no key");
        Assert.Equal([booting, booted, booted, later, later], new[] { 4.9, 5, 14.9, 15, 1000 }.Select(age => Tell(behaviour.At(TimeSpan.FromSeconds(age), Image))));
    }

    [Fact]
    public void Another_image_answers_with_another_digest_of_the_same_repository()
    {
        var answer = new ImageBehaviour(BehaviourKind.OtherImage, TimeSpan.Zero, TimeSpan.Zero, null).At(TimeSpan.Zero, Image);
        Assert.Equal(200, answer.Status);
        Assert.StartsWith("registry.example/app@sha256:", answer.Image, StringComparison.Ordinal);
        Assert.NotEqual(Image, answer.Image);
    }

    private static string Tell(HealthAnswer answer) =>
        !answer.Listening ? "nothing" : answer.Failure is { } failure ? $"{answer.Status} {failure}" : $"{answer.Status}";
}
