using System.Globalization;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// Finds a release that runs on an old machine: a stack update made a newer base, with the machine image's patches, and only
/// a push brings a release onto it.
/// </summary>
internal static class OldBaseDetector
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    /// <summary>The newest base, where the desired release has left it unused for 30 days; else <c>null</c>.</summary>
    public static ReleaseVersion? Unused(Snapshot snapshot, DateTimeOffset now) =>
        snapshot.Records.NewestBase is { } newest
        && snapshot.Desired.Version is { } version
        && BaseOf(version) < newest.Number
        && now - newest.CreatedAt >= Patience
            ? newest
            : null;

    // Of a release whose tag is missing nothing is known, and nothing is said.
    private static long? BaseOf(ReleaseVersion version)
    {
        if (version.IsBase)
        {
            return version.Number;
        }

        var written = version.Tags.OfInstance.GetValueOrDefault(ReleaseTags.BaseVersion);
        return long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
