namespace Charlie.Lambdas.Decisions;

/// <summary>One answer to one probe.</summary>
internal abstract record ProbeAnswer
{
    private ProbeAnswer()
    {
    }

    /// <summary>200 with <c>X-Charlie-Image</c>: the app is healthy, and this image is what runs.</summary>
    internal sealed record Healthy(string Image) : ProbeAnswer;

    /// <summary>503 with <c>X-Charlie-Failure</c>: final, nothing is gained by waiting.</summary>
    /// <param name="OfMachine">The machine is at fault, and not the app.</param>
    internal sealed record Failed(bool OfMachine, string Reason) : ProbeAnswer;

    /// <summary>Anything else.</summary>
    internal sealed record NotYet(string Why) : ProbeAnswer;
}

/// <summary>What the probes of one instance add up to.</summary>
/// <param name="Proofs">The last probes in a row that proved the image of the instance's version.</param>
/// <param name="Misses">The last probes in a row that did not.</param>
/// <param name="FirstHealthyAt">The first proof of all.</param>
/// <param name="Last">The newest answer.</param>
internal sealed record HealthEvidence(int Proofs, int Misses, DateTimeOffset? FirstHealthyAt, ProbeAnswer? Last)
{
    public static readonly HealthEvidence None = new(0, 0, null, null);

    /// <summary>What counts from here on: an instance that went in service has to prove itself there once more.</summary>
    public HealthEvidence Afresh() => None with { FirstHealthyAt = FirstHealthyAt };

    /// <param name="image">The image of the instance's version; one without a tag can be proved by nothing.</param>
    public HealthEvidence Add(ProbeAnswer answer, string? image, DateTimeOffset at) =>
        answer is ProbeAnswer.Healthy healthy && healthy.Image == image
            ? new HealthEvidence(Proofs + 1, 0, FirstHealthyAt ?? at, answer)
            : new HealthEvidence(0, Misses + 1, FirstHealthyAt, answer);
}
