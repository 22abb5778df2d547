using Charlie.Cli.Web.Actions;
using Charlie.Cli.Web.Reading;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;
using Charlie.Operations.Deployments;
using Charlie.Operations.History;
using Charlie.Operations.Lanes;
using Charlie.Operations.Planning;
using Charlie.Operations.Releases;
using Charlie.Operations.Status;

namespace Charlie.Cli.Web.Documents;

/// <summary>
/// All that the page shows of an app but its timeline. It says no time that passes: two readings without a change are equal.
/// </summary>
/// <param name="Embedded">The embedded AWS's endpoint; <c>null</c> for an account.</param>
/// <param name="Topic">The topic that notifications are published to.</param>
/// <param name="IsActing">Whether the page may put requests.</param>
/// <param name="Because">The kind of the reason for the desired release, for other languages than the status's.</param>
/// <param name="Planned">What the next sweep would do.</param>
internal sealed record ConsoleDocument(
    string Region,
    string? Embedded,
    string Topic,
    double BakeSeconds,
    bool IsActing,
    StatusDocument Status,
    BecauseDocument? Because,
    DeploymentDocument? Deployment,
    IReadOnlyList<string> Planned,
    IReadOnlyList<ReleaseDocument> Releases,
    InstanceLanes Lanes,
    IReadOnlyList<ActionDocument> Actions)
{
    private const int MaxReleases = 200;

    public static ConsoleDocument Of(ConsoleApp app, Snapshot snapshot, StatusDocument status, InstanceLanes lanes, bool isActing) => new(
        app.Region,
        app.Embedded?.ToString().TrimEnd('/'),
        app.Stack.Topic,
        app.Settings.Policy.Health.BakeTime.TotalSeconds,
        isActing,
        Timeless(status),
        BecauseDocument.Of(status.DesiredBecause),
        DeploymentSteps.Of(snapshot, app.Settings.Policy),
        PlanOf(app, snapshot),
        HistoryDocument.Of(app.Name, snapshot, MaxReleases).Releases,
        lanes with { ReadAt = null },
        ActionCatalog.Of(app, snapshot));

    private static StatusDocument Timeless(StatusDocument status) => status with
    {
        At = default,
        Instances = [.. status.Instances.Select(instance => instance with { Probe = StatusChange.KindOf(instance) })],
    };

    private static string[] PlanOf(ConsoleApp app, Snapshot snapshot)
    {
        try
        {
            var plan = Planner.Plan(new Sweep("the next sweep"), snapshot, app.Settings, snapshot.GroupReadAt);
            return [.. plan.Actions.Select(action => action.What)];
        }
        catch (OperationException error)
        {
            return [error.Message];
        }
    }
}

/// <summary>Why a release is the desired one.</summary>
/// <param name="Kind"><c>Fallback</c>, <c>Held</c>, <c>NothingPushed</c> or <c>NewestPush</c>.</param>
/// <param name="By">Who rejected another release or holds: <c>charlie</c>, <c>operator</c>, <c>group</c>, <c>window</c>.</param>
/// <param name="From">The release that it runs instead of.</param>
internal sealed record BecauseDocument(string Kind, string? By, string? From)
{
    public static BecauseDocument? Of(DesiredReason? reason) => reason switch
    {
        DesiredReason.Fallback fallback =>
            new BecauseDocument(nameof(DesiredReason.Fallback), ReleaseFacts.WordOf(fallback.By), fallback.From.ToString()),
        DesiredReason.Held held => new BecauseDocument(nameof(DesiredReason.Held), held.By.Word(), null),
        null => null,
        _ => new BecauseDocument(reason.GetType().Name, null, null),
    };
}
