using System.Globalization;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The record tag of a release that stayed healthy in service for the whole bake time. <see cref="Records.IsOverruled"/> tells
/// whether it counts.
/// </summary>
/// <param name="Version">The launch template version that it was confirmed with.</param>
internal sealed record Confirmation(Release Release, long Version, DateTimeOffset At) : IRecordTag
{
    public const string Prefix = "charlie:confirmed:";

    public string Key => Prefix + Release;

    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Version} {Iso8601.Write(At)}");

    public static Confirmation? Read(string key, string value) =>
        Release.TryParse(key[Prefix.Length..], out var release)
        && value.Split(' ') is [var version, var time]
        && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && Iso8601.Read(time) is { } at
            ? new Confirmation(release, number, at)
            : null;
}
