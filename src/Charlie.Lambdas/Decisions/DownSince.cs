using System.Globalization;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The record tag that says since when no healthy instance of any release is in service although the group should have
/// one, how many times that was notified, and whether the app itself was seen to fail.
/// </summary>
/// <param name="Since"><c>null</c> while the app runs, or should not.</param>
/// <param name="TimesTold">Written before notifying.</param>
/// <param name="IsOfApp">
/// A machine ran the app of a confirmed release and it was not healthy: something that every release needs is missing. Not
/// so where a machine is gone, or a deployment has replaced it.
/// </param>
internal sealed record DownSince(DateTimeOffset? Since, int TimesTold, bool IsOfApp = false) : IRecordTag
{
    public const string TagKey = "charlie:down-since";

    public static readonly DownSince NotDown = new(null, 0);

    private const string None = "-";
    private const string OfApp = "app";

    public string Key => TagKey;

    public string Value => Since is { } since
        ? string.Create(CultureInfo.InvariantCulture, $"{Iso8601.Write(since)} {TimesTold} {(IsOfApp ? OfApp : None)}")
        : None;

    public static DownSince? Read(string value) =>
        value is None ? NotDown
        : value.Split(' ') is [var time, var told, OfApp or None]
            && Iso8601.Read(time) is { } since
            && int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            ? new DownSince(since, times, value.EndsWith(OfApp, StringComparison.Ordinal))
        : null;
}
