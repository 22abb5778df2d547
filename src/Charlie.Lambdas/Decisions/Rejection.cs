using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>Who rejected a release; the token of the record tag.</summary>
internal enum RejectedBy
{
    /// <summary>Lifecycle, for an application failure.</summary>
    Charlie,

    /// <summary>An operator's request.</summary>
    Operator,

    /// <summary>The group's own rollback of an instance refresh.</summary>
    Group,

    /// <summary>An alarm that the stack names, in the bake.</summary>
    Alarm,
}

/// <summary>
/// The record tag that rejects the releases above <paramref name="Fallback"/>, up to and including <paramref name="Through"/>.
/// </summary>
/// <param name="Through">The greatest rejected release.</param>
/// <param name="Fallback">The release that runs instead.</param>
/// <param name="From">The release that was the desired one.</param>
/// <param name="Reason">One line for a person.</param>
internal sealed record Rejection(
    Release Through, Release Fallback, Release From, DateTimeOffset At, RejectedBy By, string Reason) : IRecordTag
{
    public const string Prefix = "charlie:rejected:";

    // EC2: a tag's value has at most 256 characters.
    private const int MaxValueLength = 256;

    /// <summary>Whether Refresh wrote it, so that no run but the sweep reports its final outcome.</summary>
    public bool IsReportedBySweep => By is not RejectedBy.Charlie;

    public string Key => $"{Prefix}{Through}:{Fallback}";

    public string Value
    {
        get
        {
            var value = $"{From} {Iso8601.Write(At)} {Token(By)} {Reason}";
            return value.Length <= MaxValueLength ? value : value[..MaxValueLength];
        }
    }

    public bool Covers(Release release) => release > Fallback && release <= Through;

    public static Rejection? Read(string key, string value) =>
        key[Prefix.Length..].Split(':') is [var through, var fallback]
        && Release.TryParse(through, out var greatest)
        && Release.TryParse(fallback, out var instead)
        && instead < greatest
        && value.Split(' ', 4) is [var from, var time, var by, var reason]
        && Release.TryParse(from, out var desired)
        && Iso8601.Read(time) is { } at
        && Writer(by) is { } writer
            ? new Rejection(greatest, instead, desired, at, writer, reason)
            : null;

    private static string Token(RejectedBy by) => by switch
    {
        RejectedBy.Operator => "operator",
        RejectedBy.Group => "group",
        RejectedBy.Alarm => "alarm",
        _ => "charlie",
    };

    private static RejectedBy? Writer(string token) => token switch
    {
        "charlie" => RejectedBy.Charlie,
        "operator" => RejectedBy.Operator,
        "group" => RejectedBy.Group,
        "alarm" => RejectedBy.Alarm,
        _ => null,
    };
}
