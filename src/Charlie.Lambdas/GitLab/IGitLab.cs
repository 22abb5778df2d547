namespace Charlie.Lambdas.GitLab;

/// <summary>The GitLab that the app's project is in.</summary>
internal interface IGitLab
{
    /// <summary>
    /// Ends the push's deployment and sets the status of its commit. What is so already stays so, and so does what was told of a later
    /// end of the release.
    /// </summary>
    /// <exception cref="Aws.CallException">GitLab refused one of them, or did not respond; the other was tried all the same.</exception>
    Task TellAsync(PushEnd end);
}
