using System.Globalization;

namespace Charlie.Lambdas.Decisions;

/// <summary>A release that was proved and kept that up in service for the bake time.</summary>
/// <param name="Version">The launch template version it was proved with.</param>
internal sealed record ConfirmedMark(Release Release, long Version, DateTimeOffset At)
{
    public const string Prefix = "charlie:confirmed:";

    public string Key => Prefix + Release;

    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Version} {Instants.Write(At)}");

    public static ConfirmedMark? Read(string key, string value) =>
        Release.TryParse(key[Prefix.Length..], out var release)
        && value.Split(' ') is [var version, var time]
        && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && Instants.Read(time) is { } at
            ? new ConfirmedMark(release, number, at)
            : null;
}

/// <summary>Rejects the releases above <paramref name="GoBackTo"/> and up to <paramref name="Rejected"/>.</summary>
/// <param name="Rejected">F: the greatest rejected release.</param>
/// <param name="GoBackTo">G: the release to go back to.</param>
/// <param name="From">The release that had to go.</param>
/// <param name="Why">Who raised the floor, and the reason: <c>charlie: the app exited with 1</c>.</param>
internal sealed record Floor(Release Rejected, Release GoBackTo, Release From, DateTimeOffset At, string Why)
{
    public const string Prefix = "charlie:floor:";

    /// <summary>How the reason begins of a floor that a person asked for.</summary>
    public const string Operator = "operator: ";

    /// <summary>How the reason begins of a floor that the group's own rollback led to.</summary>
    public const string Group = "group: ";

    // EC2: a tag's value has at most 256 characters.
    private const int ValueLength = 256;

    /// <summary>Refresh raised it and not Lifecycle: nobody but the sweep reports its end.</summary>
    public bool IsLeftToTheSweep => Why.StartsWith(Operator, StringComparison.Ordinal) || Why.StartsWith(Group, StringComparison.Ordinal);

    public string Key => $"{Prefix}{Rejected}:{GoBackTo}";

    public string Value
    {
        get
        {
            var value = $"{From} {Instants.Write(At)} {Why}";
            return value.Length <= ValueLength ? value : value[..ValueLength];
        }
    }

    public bool Rejects(Release release) => release > GoBackTo && release <= Rejected;

    public static Floor? Read(string key, string value) =>
        key[Prefix.Length..].Split(':') is [var rejected, var goBackTo]
        && Release.TryParse(rejected, out var f)
        && Release.TryParse(goBackTo, out var g)
        && g < f
        && value.Split(' ', 3) is [var from, var time, var why]
        && Release.TryParse(from, out var gone)
        && Instants.Read(time) is { } at
            ? new Floor(f, g, gone, at, why)
            : null;
}

/// <summary>The end of a release that is known to have left the house as a report.</summary>
internal sealed record ReportedMark(Release Release, EndKind Kind, DateTimeOffset EndedAt)
{
    public const string Prefix = "charlie:reported:";

    public string Key => Prefix + Release;

    public string Value => $"{Kind} {Instants.Write(EndedAt)}";

    public static ReportedMark? Read(string key, string value) =>
        Release.TryParse(key[Prefix.Length..], out var release)
        && value.Split(' ') is [var kind, var time]
        && Enum.TryParse<EndKind>(kind, out var ended)
        && ended.ToString() == kind
        && Instants.Read(time) is { } at
            ? new ReportedMark(release, ended, at)
            : null;
}
