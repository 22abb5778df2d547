namespace Charlie.Operations.Doctor;

/// <summary>The images that a new machine pulls: of the desired release, and of the one that a rollback goes to.</summary>
internal static class ImageChecks
{
    private const string Retention = "Have the registry's clean-up rules keep the tags that build jobs make, <pipeline id>-<job id>";

    public static IEnumerable<Finding> Of(DoctorFacts facts)
    {
        foreach (var image in (facts.Images ?? []).Where(image => !image.IsThere))
        {
            yield return image.IsFallback
                ? new Finding(
                    "images",
                    "FallbackImageGone",
                    $"The registry has no {image.Image} any more: a rollback to release {image.Release} would start no machine.",
                    $"{Retention}, and deploy another release: glab ci run")
                : new Finding(
                    "images",
                    "DesiredImageGone",
                    $"The registry has no {image.Image} any more: no new machine starts release {image.Release}.",
                    "charlie rollback --reason \"the image is gone from the registry\"");
        }
    }
}
