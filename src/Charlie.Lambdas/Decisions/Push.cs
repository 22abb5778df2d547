namespace Charlie.Lambdas.Decisions;

/// <summary>A pushed image that passed every check of its event.</summary>
internal sealed record Push(
    Release Release,
    string Image,
    string Commit,
    string PipelineUrl,
    long ProjectId,
    DateTimeOffset PushedAt) : RefreshRequest
{
    public PushNotes Notes { get; init; } = PushNotes.None;
}
