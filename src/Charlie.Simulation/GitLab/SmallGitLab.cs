using System.Globalization;

namespace Charlie.Simulation.GitLab;

/// <summary>
/// The part of GitLab that a deployment is shown in: one project's deployments and the statuses of its commits. The rules are those
/// of GitLab's <c>lib/api/deployments.rb</c>, <c>Deployment</c>, <c>lib/api/commit_statuses.rb</c> and <c>CommitStatus</c>.
/// </summary>
internal sealed class SmallGitLab(long projectId, string token)
{
    private static readonly string[] DeploymentStates = ["running", "success", "failed", "canceled"];
    private static readonly string[] CommitStates = ["pending", "running", "success", "failed", "canceled", "skipped"];

    private readonly Lock gate = new();
    private readonly List<GitLabDeployment> deployments = [];
    private readonly List<GitLabStatus> statuses = [];

    /// <summary>The project access token, which may do everything here. A job's own token may only create deployments.</summary>
    public string Token { get; } = token;

    public IReadOnlyList<GitLabDeployment> Deployments
    {
        get
        {
            lock (gate)
            {
                return [.. deployments];
            }
        }
    }

    /// <summary>Every state that was set, the newest last.</summary>
    public IReadOnlyList<GitLabStatus> Statuses
    {
        get
        {
            lock (gate)
            {
                return [.. statuses];
            }
        }
    }

    /// <summary>A deployment of a job is never updated by the API.</summary>
    /// <param name="isOfJob">Whether the job itself is the deployment.</param>
    public GitLabDeployment Create(GitLabCaller caller, string project, GitLabDeployment asked, bool isOfJob = false)
    {
        Authorize(caller, project, jobMay: true);
        foreach (var (name, value) in ((string, string)[])
            [("environment", asked.Environment), ("sha", asked.Sha), ("ref", asked.Ref), ("status", asked.Status)])
        {
            if (value.Length == 0)
            {
                throw new GitLabException(400, $"{name} is missing");
            }
        }

        Known(DeploymentStates, asked.Status);
        lock (gate)
        {
            var created = asked with { Id = deployments.Count + 1, IsOfJob = isOfJob };
            deployments.Add(created);
            return created;
        }
    }

    public GitLabDeployment Update(GitLabCaller caller, string project, string id, string status)
    {
        Authorize(caller, project, jobMay: false);
        lock (gate)
        {
            var at = deployments.FindIndex(one => one.Id.ToString(CultureInfo.InvariantCulture) == id);
            if (at < 0)
            {
                throw new GitLabException(404, "404 Not found");
            }

            if (deployments[at].IsOfJob)
            {
                throw new GitLabException(403, "403 Forbidden - Deployments created using GitLab CI can not be updated using the API");
            }

            Known(DeploymentStates, status);
            if (deployments[at].Status == status)
            {
                throw new GitLabException(400, $"status cannot transition via \"{Event(status)}\"");
            }

            return deployments[at] = deployments[at] with { Status = status };
        }
    }

    /// <summary>A status that is finished is never changed: another of the same name takes its place, in the same state too.</summary>
    public GitLabStatus Set(GitLabCaller caller, string project, GitLabStatus asked)
    {
        Authorize(caller, project, jobMay: false);
        Known(CommitStates, asked.State);
        lock (gate)
        {
            var before = statuses.FindLastIndex(one =>
                one.Sha == asked.Sha && one.Name == asked.Name && one.PipelineId == asked.PipelineId);
            var isOpen = before >= 0 && statuses[before].State is "pending" or "running";
            if (isOpen && statuses[before].State == asked.State)
            {
                throw new GitLabException(
                    400,
                    $"Cannot transition status via :{Event(asked.State)} from :{asked.State}"
                    + $" (Reason(s): Status cannot transition via \"{Event(asked.State)}\")");
            }

            if (isOpen)
            {
                return statuses[before] = asked with { Id = statuses[before].Id };
            }

            statuses.Add(asked with { Id = statuses.Count + 1 });
            return statuses[^1];
        }
    }

    /// <summary>Every status of a commit, the retried ones too, the oldest first.</summary>
    /// <param name="name">Of one name only; empty for all.</param>
    /// <param name="pipeline">Of one pipeline only; 0 for all.</param>
    public IReadOnlyList<GitLabStatus> StatusesOf(GitLabCaller caller, string project, string sha, string name, long pipeline)
    {
        Authorize(caller, project, jobMay: true);
        lock (gate)
        {
            return
            [
                .. statuses.Where(one => one.Sha == sha
                    && (name.Length == 0 || one.Name == name)
                    && (pipeline == 0 || one.PipelineId == pipeline)),
            ];
        }
    }

    private static void Known(string[] states, string state)
    {
        if (!states.Contains(state))
        {
            throw new GitLabException(400, "status does not have a valid value");
        }
    }

    private static string Event(string state) => state switch
    {
        "success" => "succeed",
        "failed" => "drop",
        "canceled" => "cancel",
        "running" => "run",
        _ => "enqueue",
    };

    private void Authorize(GitLabCaller caller, string project, bool jobMay)
    {
        if (caller.PrivateToken != Token && !(jobMay && caller.JobToken is { Length: > 0 }))
        {
            throw new GitLabException(401, "401 Unauthorized");
        }

        if (project != projectId.ToString(CultureInfo.InvariantCulture))
        {
            throw new GitLabException(404, "404 Project Not Found");
        }
    }
}

/// <summary>Who calls: each token where its header was sent.</summary>
internal sealed record GitLabCaller(string? PrivateToken, string? JobToken);

internal sealed record GitLabDeployment(long Id, string Environment, string Sha, string Ref, string Status, bool IsOfJob = false);

internal sealed record GitLabStatus(string Sha, string State, string Name, long PipelineId, string? TargetUrl, string? Description)
{
    public long Id { get; init; }
}

/// <summary>An error as GitLab answers it.</summary>
internal sealed class GitLabException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
