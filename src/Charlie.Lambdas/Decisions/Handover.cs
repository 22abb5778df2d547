using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The record tag of a handover: written before the group may have a second instance, so that nobody takes that one for a
/// person's. One tag, since there is one handover at a time. It is open until a <see cref="RequestDone"/> of its time is there.
/// </summary>
/// <param name="At">When it was begun, or was begun again for another release. It is its name too: no two have the same.</param>
/// <param name="Release">What the new machine prepares.</param>
/// <param name="To">
/// The instance to which the trade is handed over; written before the old one is terminated. <c>null</c> until then.
/// </param>
internal sealed record Handover(DateTimeOffset At, Release Release, string? To = null) : IRecordTag
{
    public const string TagKey = "charlie:handover";

    private const string Nobody = "-";

    public string Key => TagKey;

    public string Value => $"{Iso8601.Write(At)} {Release} {To ?? Nobody}";

    /// <summary>The next one: its time is after that of the one before, whoever's clock that was written by.</summary>
    public static Handover Begin(Handover? before, Release release, DateTimeOffset now) =>
        new(before is { } last && last.At >= now ? last.At.AddMilliseconds(1) : now, release);

    public static Handover? Read(string value) =>
        value.Split(' ') is [var time, var name, var to] && Iso8601.Read(time) is { } at && Release.TryParse(name, out var release)
            ? new Handover(at, release, to == Nobody ? null : to)
            : null;
}
