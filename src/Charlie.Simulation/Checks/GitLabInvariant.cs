using System.Globalization;
using System.Text.Json;
using Charlie.Lambdas.Reports;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.GitLab;
using Charlie.Simulation.Oracles;

namespace Charlie.Simulation.Checks;

/// <summary>
/// GitLab shows the truth: each deployment and each commit's status is in the state of the last outcome, or the event is in the
/// dead-letter queue because of a fault; nothing is set to success that was not confirmed, set twice, or overwritten by a late report.
/// </summary>
internal sealed class GitLabInvariant
{
    private const string Function = "GitLab";
    private const string ConfirmedTag = "charlie:confirmed:";
    private const string Running = "running";

    // Lambda's three attempts, and the waits before them.
    private static readonly TimeSpan Attempts = TimeSpan.FromMinutes(7);

    private readonly SimulatedEnvironment environment;
    private readonly GitLabProject project;
    private readonly Action<string> fail;
    private readonly HashSet<string> confirmed = [];
    private readonly List<PushOutcome> reported = [];
    private readonly Dictionary<FunctionRun, (DateTimeOffset BeganAt, PushOutcome[] Told)> runs = [];
    private readonly List<(DateTimeOffset At, PushOutcome Outcome)> done = [];
    private readonly Dictionary<string, DateTimeOffset> reportedAt = [];
    private readonly HashSet<FunctionRun> overlapping = [];
    private readonly Dictionary<long, string> states = [];
    private readonly Dictionary<long, GitLabStatus> shown = [];
    private int statuses;

    public GitLabInvariant(SimulatedEnvironment environment, GitLabProject project, Action<string> fail)
    {
        (this.environment, this.project, this.fail) = (environment, project, fail);
        environment.Host.Reported += (_, report) => Reported(report);
        environment.Host.Began += Began;
        environment.Host.Completed += run => done.AddRange(ToldBy(run).Select(outcome => (environment.Time.GetUtcNow(), outcome)));
        environment.Host.Threw += (run, error) => CheckFailed(run.Function, run.RequestId, run.Payload, error.Message);
        environment.Cloud.Timeline.Recorded += Record;
        project.Changed += Changed;
    }

    /// <summary>What GitLab shows at the end and should not; <c>null</c> when all is as it should be.</summary>
    public string? Violation()
    {
        var last = reported.GroupBy(outcome => outcome.Release)
            .ToDictionary(outcomes => outcomes.Key, outcomes => outcomes.MaxBy(outcome => outcome.Rank)!);
        return project.Deployments.Select(pair => Violation(pair.Key, pair.Value, last.GetValueOrDefault(pair.Key)))
            .Concat(last.Values.GroupBy(outcome => outcome.Pipeline).Select(outcomes => ViolationOfStatus([.. outcomes])))
            .FirstOrDefault(violation => violation is not null);
    }

    private void Reported(DeploymentReport report)
    {
        foreach (var outcome in PushOutcome.Of(report, environment.Time.GetUtcNow()))
        {
            reported.Add(outcome);
            reportedAt[outcome.Release] = environment.Time.GetUtcNow();
        }
    }

    private string? Violation(string release, long id, PushOutcome? last)
    {
        var isGivenUp = IsGivenUp(release)
            || (reportedAt.TryGetValue(release, out var at) && environment.Time.GetUtcNow() - at < Attempts);
        if (project.NeverTakes(release))
        {
            return last is null || isGivenUp ? null : $"GitLab has no deployment of release {release}, and no event of it was given up";
        }

        var oracle = environment.Oracle;
        var expected = oracle.OutcomeOf(release) switch
        {
            Oracle.ConfirmedWord => PushOutcome.Success,
            Oracle.RolledBackWord => PushOutcome.Failed,
            _ => last?.State ?? Running,
        };
        var state = project.Small.Deployments[(int)id - 1].Status;
        if (state != expected && !isGivenUp)
        {
            return $"GitLab shows the deployment of release {release} as {state} and not as {expected}";
        }

        // What is only recorded tells of those that it overtook when it is deployed, or comes to its end.
        return expected == Running && oracle.HasVersion(release)
            && oracle.Confirmed().ContainsKey(oracle.DesiredRelease())
            && (Oracle.Read(release).CompareTo(Oracle.Read(oracle.DesiredRelease())) < 0
                || oracle.EffectiveRejection()?.Covers(release) == true)
                ? $"release {release} was overtaken, and GitLab was never told of it"
                : null;
    }

    // A job that is run again shares the status of its pipeline.
    private string? ViolationOfStatus(PushOutcome[] last)
    {
        var newest = last.MaxBy(outcome => Oracle.Read(outcome.Release))!;
        var state = shown.TryGetValue(newest.Pipeline, out var one) ? one.State : null;
        return state == newest.State
            || Array.Exists(last, outcome =>
                IsGivenUp(outcome.Release) || environment.Time.GetUtcNow() - reportedAt[outcome.Release] < Attempts)
            ? null
            : $"GitLab shows the commit's status of pipeline {newest.Pipeline} as {state ?? "nothing"} and not as {newest.State}";
    }

    // A deployment that GitLab never takes explains nothing but itself.
    private bool IsGivenUp(string release) => environment.Queues.Names
        .SelectMany(environment.Queues.Messages)
        .Any(message => message.Body.Contains($"\"{release}\"", StringComparison.Ordinal)
            && (project.NeverTakes(release) || project.Faults.Met(message.Attributes.GetValueOrDefault("RequestID", ""))));

    private void Record(TimelineEntry entry)
    {
        if (entry is { Kind: "TagsCreated", Data: { } tags })
        {
            confirmed.UnionWith(tags.Keys.Where(key => key.StartsWith(ConfirmedTag, StringComparison.Ordinal))
                .Select(key => key[ConfirmedTag.Length..]));
        }
    }

    private void Began(FunctionRun run, IEnumerable<FunctionRun> running)
    {
        if (run.Function != Function)
        {
            return;
        }

        var detail = run.Event["detail"]!;
        var report = detail["responsePayload"].Deserialize(CharlieJson.Default.DeploymentReport)!;
        var at = DateTimeOffset.Parse((string)run.Event["time"]!, CultureInfo.InvariantCulture);
        runs[run] = (environment.Time.GetUtcNow(), [.. PushOutcome.Of(report, at)]);
        foreach (var other in running.Where(other => other.Function == Function))
        {
            overlapping.Add(other);
            overlapping.Add(run);
        }
    }

    private PushOutcome[] ToldBy(FunctionRun run) => runs.TryGetValue(run, out var known) ? known.Told : [];

    private void CheckFailed(string function, string requestId, string payload, string error)
    {
        if (function == Function
            && !project.Faults.Met(requestId)
            && !project.Deployments.Keys.Any(release =>
                project.NeverTakes(release) && payload.Contains($"\"{release}\"", StringComparison.Ordinal)))
        {
            fail($"GitLab failed although nothing went wrong on the way: {error}");
        }
    }

    private void Changed(FunctionRun run, bool isLate)
    {
        foreach (var (release, id) in project.Deployments.Where(pair => !project.NeverTakes(pair.Key)))
        {
            var state = project.Small.Deployments[(int)id - 1].Status;
            if (states.GetValueOrDefault(id, Running) != state)
            {
                states[id] = state;
                CheckDeployment(run, release, state, isLate);
            }
        }

        var all = project.Small.Statuses;
        if (all.Count > statuses)
        {
            statuses = all.Count;
            CheckStatus(run, all[^1], isLate);
        }
    }

    private void CheckDeployment(FunctionRun run, string release, string state, bool isLate)
    {
        if (state == PushOutcome.Success && !confirmed.Contains(release))
        {
            fail($"GitLab was told that release {release} is deployed, and it was never confirmed");
        }

        var told = Array.Find(runs[run].Told, outcome => outcome.Release == release);
        var newest = done.Where(one => one.Outcome.Release == release && one.At <= runs[run].BeganAt)
            .Select(one => one.Outcome)
            .MaxBy(outcome => outcome.Rank);
        // A run that failed after it had set the status has told the last outcome too.
        var last = reported.Where(outcome => outcome.Release == release).MaxBy(outcome => outcome.Rank);
        if (!isLate && newest is not null && (told is null || told.Rank.CompareTo(newest.Rank) < 0) && state != newest.State
            && state != last?.State)
        {
            fail($"a late report set the deployment of release {release} to {state}, and {newest.State} is newer");
        }
    }

    // Two jobs of a pipeline may end alike.
    private static string? ReleaseIn(GitLabStatus status) => status.TargetUrl?.Split("#charlie-")[^1].Split('-')[0];

    private void CheckStatus(FunctionRun run, GitLabStatus status, bool isLate)
    {
        var told = Array.Find(runs[run].Told, outcome => outcome.Pipeline == status.PipelineId);
        if (!isLate
            && !overlapping.Contains(run)
            && shown.TryGetValue(status.PipelineId, out var before)
            && before.State == status.State
            && ReleaseIn(before) == ReleaseIn(status)
            && (before.TargetUrl == status.TargetUrl || told is { IsFinal: false }))
        {
            fail($"the commit's status of pipeline {status.PipelineId} was set to {status.State} twice in a row: {status.Description}");
        }

        shown[status.PipelineId] = status;
    }
}
