using Charlie.Lambdas.Decisions;

namespace Charlie.Operations.Releases;

/// <summary>A release in a document that another program reads.</summary>
internal sealed record ReleaseDocument(
    string Release,
    ReleaseState State,
    string? Image,
    string? Tag,
    string? Commit,
    string? CommitTitle,
    string? CommitAuthor,
    string? PipelineUrl,
    long? Version,
    DateTimeOffset? PushedAt,
    DateTimeOffset? EndedAt,
    double? Seconds,
    string? By,
    string? Reason,
    string? Fallback)
{
    public bool IsBase => Release == Lambdas.Decisions.Release.Base.ToString();

    public static ReleaseDocument Of(ReleaseFacts facts) => new(
        facts.Release.ToString(),
        facts.State,
        facts.Version?.Image,
        facts.Version?.Notes.Tag,
        facts.Version?.Commit,
        facts.Version?.Notes.CommitTitle,
        facts.Version?.Notes.CommitAuthor,
        facts.Version?.PipelineUrl,
        facts.Version?.Number,
        facts.PushedAt,
        facts.EndedAt,
        facts.Took?.TotalSeconds,
        facts.By,
        facts.Reason,
        facts.Fallback?.ToString());

    public static ReleaseDocument Of(Release release, Snapshot snapshot) => Of(ReleaseFacts.Of(release, snapshot));
}
