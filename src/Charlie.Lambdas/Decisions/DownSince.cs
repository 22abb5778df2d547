using System.Globalization;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The record tag that says since when no healthy instance of any release is in service although the group should have
/// one, how many times that was notified, and since when the app itself fails.
/// </summary>
/// <param name="Since"><c>null</c> while the app runs, or should not.</param>
/// <param name="TimesTold">Written before notifying.</param>
/// <param name="SickSince">
/// The beginning of an outage in which a machine ran the app of a confirmed release and it was not healthy: something that
/// every release needs is missing. <c>null</c> where a machine is gone, or a deployment has replaced it. A group that closes
/// does not forget it, since nothing shows that it is over; only a healthy instance in service does.
/// </param>
internal sealed record DownSince(DateTimeOffset? Since, int TimesTold, DateTimeOffset? SickSince = null) : IRecordTag
{
    public const string TagKey = "charlie:down-since";

    public static readonly DownSince NotDown = new(null, 0);

    private const string None = "-";

    public string Key => TagKey;

    public string Value => this == NotDown
        ? None
        : string.Create(CultureInfo.InvariantCulture, $"{Write(Since)} {TimesTold} {Write(SickSince)}");

    public static DownSince? Read(string value) =>
        value is None ? NotDown
        : value.Split(' ') is [var since, var told, var sick]
            && int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            && TryRead(since, out var downSince)
            && TryRead(sick, out var sickSince)
            ? new DownSince(downSince, times, sickSince)
        : null;

    private static string Write(DateTimeOffset? time) => time is { } at ? Iso8601.Write(at) : None;

    private static bool TryRead(string text, out DateTimeOffset? time)
    {
        time = Iso8601.Read(text);
        return time is not null || text == None;
    }
}
