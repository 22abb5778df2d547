using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The record tag that keeps releases above one from being deployed. It stops no rollback, no repair, and no judgement of what
/// already runs.
/// </summary>
/// <param name="Release">The release that was the desired one when the hold was recorded.</param>
/// <param name="From">When it was requested.</param>
/// <param name="Until">When it ends by itself; <c>null</c>: only its holder's resume ends it.</param>
internal sealed record Hold(Holder Holder, Release Release, DateTimeOffset From, DateTimeOffset? Until, string Reason) : IRecordTag
{
    public const string Prefix = "charlie:hold:";

    private const string Never = "-";

    public string Key => Prefix + Holder.Word();

    public string Value => $"{Release} {Iso8601.Write(From)} {(Until is { } until ? Iso8601.Write(until) : Never)} {Reason}";

    /// <summary>Its end, as a sentence names it.</summary>
    public string UntilText => Until is { } until ? $"until {Iso8601.Write(until)}" : "until it is resumed";

    public static Hold? Read(string key, string value) =>
        Holders.Read(key[Prefix.Length..]) is { } holder
        && value.Split(' ', 4) is [var release, var from, var until, var reason]
        && Decisions.Release.TryParse(release, out var held)
        && Iso8601.Read(from) is { } requested
        && (until is Never || Iso8601.Read(until) is not null)
            ? new Hold(holder, held, requested, until is Never ? null : Iso8601.Read(until), reason)
            : null;

    public bool HasEnded(DateTimeOffset now) => now >= Until;
}
