using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>A response as a person reads it.</summary>
public sealed class ProbeResponseTests
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(90);

    private static readonly Dictionary<string, ProbeResponse> Described = new()
    {
        ["healthy for 1 min 30 s"] = new ProbeResponse.Healthy("registry/bot@sha256:1", Time),
        ["machine: no disk"] = new ProbeResponse.Failed(OfMachine: true, "no disk"),
        ["app: exited with 1"] = new ProbeResponse.Failed(OfMachine: false, "exited with 1"),
        ["in phase pull"] = new ProbeResponse.Preparing(BootPhase.Pull),
        ["not healthy for 1 min 30 s"] = new ProbeResponse.Unhealthy(Time, Time, 0, null),
        ["not healthy for 1 min 30 s, restarted 4 times: exited with 1"] = new ProbeResponse.Unhealthy(Time, Time, 4, "exited with 1"),
        ["no response"] = new ProbeResponse.Silent("no response"),
    };

    public static TheoryData<string> Texts => [.. Described.Keys];

    [Theory]
    [MemberData(nameof(Texts))]
    public void It_is_described_by_what_it_says(string text) => Assert.Equal(text, Described[text].Describe());
}
