using Charlie.Lambdas.Aws;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.GitLab;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Environments;

/// <summary>The app's project in a small GitLab, as a run has it whose stack has a token.</summary>
internal sealed class GitLabProject : ISecret, IDisposable
{
    private const string Token = "glpat-simulated";

    private readonly Dictionary<string, long> deployments = [];
    private readonly HashSet<string> without = [];
    private readonly GitLabWire wire;

    /// <param name="random">Of its own, so that the calls of AWS draw what they drew without it.</param>
    public GitLabProject(Cloud cloud, FaultInjector faults, Random random)
    {
        Faults = new GitLabFaults(cloud.Time, faults);
        wire = new GitLabWire(cloud, Small, Faults, random);
        Http = new HttpMessageInvoker(wire);
        wire.Changed += (run, isLate) => Changed?.Invoke(run, isLate);
    }

    /// <inheritdoc cref="GitLabWire.Changed"/>
    public event Action<FunctionRun, bool>? Changed;

    public SmallGitLab Small { get; } = new(Pipeline.ProjectId, Token);

    public GitLabFaults Faults { get; }

    public HttpMessageInvoker Http { get; }

    /// <summary>The stack's parameter.</summary>
    public static string SecretArn { get; } = Account.Arn("secretsmanager", "secret:gitlab-token");

    /// <summary>The releases whose job created a deployment, and the deployment's id.</summary>
    public IReadOnlyDictionary<string, long> Deployments => deployments;

    /// <summary>Whether GitLab refuses each update of a release's deployment.</summary>
    public bool NeverTakes(string release) => without.Contains(release);

    /// <summary>The deployment that a job creates before it puts its event; the same where the event is put again.</summary>
    public long DeploymentOf(string release)
    {
        if (deployments.TryGetValue(release, out var id))
        {
            return id;
        }

        var isOfJob = Faults.Take(GitLabFault.DeploymentOfJob) is not null;
        var isMissing = !isOfJob && Faults.Take(GitLabFault.NoDeployment) is not null;
        if (isOfJob || isMissing)
        {
            without.Add(release);
        }

        var created = Small.Create(
            new GitLabCaller(null, "job-token"),
            $"{Pipeline.ProjectId}",
            new GitLabDeployment(0, "production", new string('0', 40), "main", "running"),
            isOfJob).Id;
        return deployments[release] = isMissing ? created + 1_000_000 : created;
    }

    public Task<string> ReadAsync() => Faults.HidesToken(FunctionRun.Current!)
        ? Task.FromException<string>(new CallException("Secrets Manager did not respond"))
        : Task.FromResult(Token);

    public void Dispose()
    {
        Http.Dispose();
        wire.Dispose();
    }
}
