using System.Text.Json.Nodes;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Lambda;
using Charlie.Simulation.Checks;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Oracles;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Scenarios;

/// <summary>One image that is deployed in the drill.</summary>
/// <param name="Pushes">How often its job ran until its event arrived.</param>
/// <param name="Ended">How the release ended; <c>null</c> where a newer one overtook it first.</param>
/// <param name="Notified">The final outcome of its last notification.</param>
internal sealed record Drilled(string Release, BehaviourKind Behaviour, int Pushes, string? Ended, string? Notified, TimeSpan Took);

/// <summary>
/// Deploys good and bad images, one upon the other, while <see cref="LiveFaultInjector"/> is on; then all must come
/// right.
/// </summary>
internal sealed class DrillScenario(LocalAws aws, int seed, Action<Drilled, int> deployed, TimeProvider time)
{
    // Each step ends by what happens, within seconds or a few minutes; a step that takes this long on a busy machine hangs.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(20);

    // Two thirds of all events arrive: so many lost one after the other are a defect.
    private const int MaxPushes = 20;

    private static readonly BehaviourKind[] Behaviours =
    [
        BehaviourKind.Healthy, BehaviourKind.Healthy, BehaviourKind.Healthy, BehaviourKind.Healthy,
        BehaviourKind.Exits, BehaviourKind.Error500, BehaviourKind.OtherImage, BehaviourKind.HealthyThenExits,
    ];

    private readonly Random random = new(seed);
    private int maxInService;

    /// <summary>Runs all deployments and checks what AWS shows then.</summary>
    /// <exception cref="StuckException">A step did not happen.</exception>
    public async Task<IReadOnlyList<Check>> RunAsync(int deployments, int instances, CancellationToken cancellation)
    {
        aws.Timeline.Recorded += CountInService;
        await using var injector = new LiveFaultInjector(aws, seed, time);
        await aws.InstallAsync(new BotImage("1.0").Name);
        await EndAsync("0.0", cancellation);
        var drilled = new List<Drilled>();
        for (var number = 1; number <= deployments; number++)
        {
            drilled.Add(await DeployAsync(injector, number, number == deployments, cancellation));
            deployed(drilled[^1], deployments);
        }

        await injector.StopAsync();
        await LocalAws.UntilAsync(
            "the group to be in sync, and all final outcomes to be notified",
            () => Task.FromResult(aws.Query(oracle => oracle.Violation()) is null),
            Hang,
            time,
            cancellation);
        return Check(drilled, instances, injector);
    }

    private async Task<Drilled> DeployAsync(LiveFaultInjector injector, int number, bool last, CancellationToken cancellation)
    {
        var since = time.GetUtcNow();
        var image = new BotImage($"1.{number}");
        var behaviour = Behaviours[random.Next(Behaviours.Length)];
        aws.SetBehaviour(image,
            new ImageBehaviour(behaviour, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1), "KeyError: 'BROKER_ACCOUNT'"));
        var (release, pushes) = await PushAsync(injector, image, cancellation);
        if (last || random.Next(5) > 0)
        {
            await EndAsync(release, cancellation);
        }

        var (ended, notified) = aws.Query(oracle => (oracle.OutcomeOf(release), oracle.NotifiedOf(release)));
        return new Drilled(release, behaviour, pushes, ended, notified, time.GetUtcNow() - since);
    }

    // An operator runs a job again whose event was lost, or was dropped by Lambda after Refresh died each time.
    private async Task<(string Release, int Pushes)> PushAsync(LiveFaultInjector injector, BotImage image, CancellationToken cancellation)
    {
        for (var pushes = 1; ; pushes++)
        {
            var release = await aws.Pipeline.PushAsync(image, cancellation);
            await LocalAws.UntilAsync(
                $"release {release} to have a version, or its event to be lost",
                () => Task.FromResult(HasVersion(release) || injector.HasLost(release) || HasEnded(release)),
                Hang,
                time,
                cancellation);
            if (HasVersion(release))
            {
                return (release, pushes);
            }

            if (pushes == MaxPushes)
            {
                throw new StuckException($"The job of release {release} was run {pushes} times, and no release got a version.");
            }
        }
    }

    private bool HasVersion(string release) => aws.Query(oracle => oracle.HasVersion(release));

    /// <summary>Whether Refresh ended for the event of a release: successfully, or in its last attempt.</summary>
    private bool HasEnded(string release)
    {
        lock (aws.Cloud.Gate)
        {
            return aws.Events.Invocations.Records.Any(record =>
                record.Result is { } result
                && (result.Status == InvocationStatus.Succeeded || IsLast(record.Invocation, result))
                && JsonNode.Parse(record.Invocation.Payload) is JsonObject @event
                && (string?)@event["detail-type"] == Pipeline.DetailType
                && Pipeline.ReleaseOf(@event["detail"]!) == release);
        }
    }

    private static bool IsLast(Invocation invocation, InvocationResult result) =>
        result.Status == InvocationStatus.FunctionError && invocation.Attempt > invocation.Function.MaximumRetryAttempts;

    private Task EndAsync(string release, CancellationToken cancellation) =>
        LocalAws.UntilAsync(
            $"release {release} to be confirmed or rolled back",
            () => Task.FromResult(aws.Query(oracle => oracle.OutcomeOf(release)) is not null),
            Hang,
            time,
            cancellation);

    private List<Check> Check(List<Drilled> drilled, int instances, LiveFaultInjector injector)
    {
        // A final outcome that was seen stays one when its record tag is pruned.
        var ends = drilled.ConvertAll(one => one with
        {
            Ended = aws.Query(oracle => oracle.OutcomeOf(one.Release)) ?? one.Ended,
            Notified = aws.Query(oracle => oracle.NotifiedOf(one.Release)),
        });
        var unnotified = ends.Where(one => one.Ended is not null && one.Notified != one.Ended)
            .Select(one => $"{one.Release} ({one.Ended}; notified: {one.Notified ?? "nothing"})").ToList();
        var violation = aws.Query(oracle => oracle.Violation());
        return
        [
            new(violation ?? "the group runs and pins what it should, and nothing else", violation is null),
            new($"never more than {instances} in service ({maxInService} at most)", maxInService <= instances),
            new("no bad image was confirmed for good",
                ends.TrueForAll(one => one.Behaviour == BehaviourKind.Healthy || one.Ended != Oracle.ConfirmedWord)),
            new("no good image was rolled back",
                ends.TrueForAll(one => one.Behaviour != BehaviourKind.Healthy || one.Ended != Oracle.RolledBackWord)),
            new("each deployment was confirmed, rolled back or overtaken by the next",
                Enumerable.Range(0, ends.Count).All(i => ends[i].Ended is not null || i + 1 < ends.Count)),
            new(unnotified is [] ? "each final outcome was notified"
                : $"each final outcome was notified, but not {string.Join(", ", unnotified)}", unnotified is []),
            new($"{injector.Lost} of {injector.Events} events were lost, and {injector.Kills} processes killed",
                injector is { Lost: > 0, Kills: > 0 }),
        ];
    }

    private void CountInService(TimelineEntry entry)
    {
        if (entry.Kind == "LifecycleStateChanged" && aws.Cloud.AutoScaling.Find(ProductionGroup.Name) is { } group)
        {
            maxInService = Math.Max(maxInService, group.Instances.Count(instance => instance.State == LifecycleState.InService));
        }
    }
}
