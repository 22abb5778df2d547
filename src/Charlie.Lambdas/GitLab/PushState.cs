namespace Charlie.Lambdas.GitLab;

/// <summary>How a push ended, in GitLab's words for a deployment and for the status of a commit.</summary>
internal enum PushState
{
    Success,
    Failed,
    Canceled,
}
