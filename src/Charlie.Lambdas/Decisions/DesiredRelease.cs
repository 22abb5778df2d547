namespace Charlie.Lambdas.Decisions;

/// <summary>The release that every instance of the group should run.</summary>
/// <param name="Version">Its version; <c>null</c> where the template has none of it any more, and then nothing can be reconciled.</param>
internal sealed record DesiredRelease(Release Release, ReleaseVersion? Version)
{
    /// <summary>
    /// The greatest release above the rejection in effect that has a version, else that rejection's fallback; without a
    /// rejection the greatest of all. While a hold is in force, no release above the one that it holds.
    /// </summary>
    public static DesiredRelease Of(Records records) => Of(records, records.HoldInForce?.Release);

    /// <summary>What it is once every hold has ended.</summary>
    public static DesiredRelease WithoutHold(Records records) => Of(records, null);

    private static DesiredRelease Of(Records records, Release? held)
    {
        var rejection = records.EffectiveRejection;
        Release? greatest = null;
        foreach (var version in records.Versions)
        {
            var release = version.Release;
            if (!(release <= rejection?.Through) && !(release > held) && !(release <= greatest))
            {
                greatest = release;
            }
        }

        var desired = greatest ?? rejection?.Fallback ?? Release.Base;
        return new DesiredRelease(desired, records.VersionOf(desired));
    }

    /// <summary>Since when it is the desired one; <c>null</c> where the records do not tell.</summary>
    public DateTimeOffset? Since(Records records) =>
        records.EffectiveRejection is { } rejection && rejection.Fallback == Release
            ? rejection.At
            : records.HeldUntil(Release) is { } until && until > Recorded ? until
            : Recorded ?? records.ConfirmationOf(Release)?.At;

    // A push may come late or be run again: what happened before its version was made happened to the release before.
    private DateTimeOffset? Recorded => Version?.CreatedAt > Version?.PushedAt ? Version?.CreatedAt : Version?.PushedAt;
}
