namespace Charlie.Lambdas.Decisions;

/// <summary>A pushed image that passed every check, as Refresh was asked to release it.</summary>
internal sealed record Push(
    Release Release,
    string Image,
    string Commit,
    string PipelineUrl,
    long ProjectId,
    DateTimeOffset PushedAt);

/// <summary>A person's wish to be rid of a release.</summary>
/// <param name="From">The release that has to go.</param>
/// <param name="To">Where to go back to; <c>null</c> leaves the choice to the records.</param>
/// <param name="RequestedAt">The event's time: a request older than the newest floor was overtaken.</param>
internal sealed record RollbackRequest(Release From, Release? To, string Reason, DateTimeOffset RequestedAt);
