using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>The record tag that says: the report of this final outcome was delivered.</summary>
internal sealed record ReportedOutcome(Release Release, FinalOutcomeKind Kind, DateTimeOffset At) : IRecordTag
{
    public const string Prefix = "charlie:reported:";

    public string Key => Prefix + Release;

    public string Value => $"{Kind} {Iso8601.Write(At)}";

    public static ReportedOutcome? Read(string key, string value) =>
        Release.TryParse(key[Prefix.Length..], out var release)
        && value.Split(' ') is [var kind, var time]
        && Enum.TryParse<FinalOutcomeKind>(kind, out var outcome)
        && outcome.ToString() == kind
        && Iso8601.Read(time) is { } at
            ? new ReportedOutcome(release, outcome, at)
            : null;
}
