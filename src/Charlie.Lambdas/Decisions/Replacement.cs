using System.Globalization;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The record tag of the back-off by which sick instances of a release are replaced that has nothing better to go back to:
/// at once, then after 10, 30 and 60 minutes. It begins anew after an hour without one.
/// </summary>
/// <param name="Count">How many times in a row.</param>
/// <param name="LastAt">The last time; written before the instance is removed.</param>
internal sealed record Replacement(Release Release, int Count, DateTimeOffset LastAt) : IRecordTag
{
    public const string Prefix = "charlie:replaced:";

    private static readonly TimeSpan[] BackOff =
        [TimeSpan.Zero, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60)];

    private static readonly TimeSpan BeginsAgainAfter = TimeSpan.FromHours(1);

    public string Key => Prefix + Release;

    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Count} {Iso8601.Write(LastAt)}");

    public static Replacement? Read(string key, string value) =>
        Release.TryParse(key[Prefix.Length..], out var release)
        && value.Split(' ') is [var count, var time]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && Iso8601.Read(time) is { } at
            ? new Replacement(release, number, at)
            : null;

    /// <summary>The next one of a release whose instance has been sick since a time; <c>null</c> while the back-off lasts.</summary>
    public static Replacement? Next(Replacement? last, Release release, DateTimeOffset sickSince, DateTimeOffset now)
    {
        var count = last is null || sickSince - last.LastAt >= BeginsAgainAfter ? 0 : last.Count;
        return last is not null && now - last.LastAt < BackOff[Math.Min(count, BackOff.Length - 1)]
            ? null
            : new Replacement(release, count + 1, now);
    }
}
