namespace Charlie.Lambdas.Decisions;

/// <summary>What CI says of a push for people and for GitLab. Nothing is decided by it; each part may be missing.</summary>
/// <param name="Tag">The image's tag.</param>
/// <param name="CommitTitle">The first line of the commit's message, on one line, at most <see cref="MaxText"/> characters.</param>
/// <param name="CommitAuthor">The author's name, alike.</param>
/// <param name="DeploymentId">GitLab's id of the deployment that the job created.</param>
internal sealed record PushNotes(string? Tag, string? CommitTitle, string? CommitAuthor, long? DeploymentId)
{
    /// <summary>Well below the 256 characters that EC2 allows in a tag's value.</summary>
    public const int MaxText = 120;

    public static readonly PushNotes None = new(null, null, null, null);
}
