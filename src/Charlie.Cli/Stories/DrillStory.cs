using Charlie.Cli.Expectations;
using Charlie.Cli.Production;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Instances;

namespace Charlie.Cli.Stories;

/// <summary>One image that is deployed in the drill.</summary>
/// <param name="Pushes">How often its job ran until its event arrived.</param>
/// <param name="Ended">How the release ended; <c>null</c> where a newer one overtook it first.</param>
/// <param name="Told">The last that people heard of its end.</param>
internal sealed record Drilled(string Release, BehaviourKind Behaviour, int Pushes, string? Ended, string? Told, TimeSpan Took);

/// <summary>Deploys good and bad images, one upon the other, while <see cref="Havoc"/> is on; then all must come right.</summary>
internal sealed class DrillStory(LocalAws aws, int seed, Action<Drilled, int> deployed, TimeProvider time)
{
    // An image that needs the whole health deadline, and functions that died three times on the way.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // A lost report is told again two minutes after its end, one a sweep.
    private static readonly TimeSpan LastPatience = TimeSpan.FromMinutes(6);

    // Its function's three tries take half as long.
    private static readonly TimeSpan UntilRunAgain = TimeSpan.FromSeconds(5);

    private static readonly BehaviourKind[] Behaviours =
    [
        BehaviourKind.Healthy, BehaviourKind.Healthy, BehaviourKind.Healthy, BehaviourKind.Healthy,
        BehaviourKind.Exits, BehaviourKind.Error500, BehaviourKind.OtherImage, BehaviourKind.HealthyThenExits,
    ];

    private readonly Random random = new(seed);
    private int most;

    /// <summary>Plays all deployments and looks at what AWS shows then.</summary>
    /// <exception cref="StuckException">A step did not happen.</exception>
    public async Task<IReadOnlyList<Check>> PlayAsync(int deployments, int instances, CancellationToken cancellation)
    {
        aws.Timeline.Recorded += CountInService;
        await using var havoc = new Havoc(aws, seed, time);
        await aws.InstallAsync(new BotImage("1.0").Name);
        await EndAsync("0.0", cancellation);
        var drilled = new List<Drilled>();
        for (var number = 1; number <= deployments; number++)
        {
            drilled.Add(await DeployAsync(number, number == deployments, cancellation));
            deployed(drilled[^1], deployments);
        }

        await havoc.StopAsync();
        await LocalAws.UntilAsync(
            "the group to be as it must be, and all ends to be told", () => Task.FromResult(aws.Ask(oracle => oracle.Flaw()) is null), LastPatience, time, cancellation);
        return Look(drilled, instances, havoc);
    }

    private async Task<Drilled> DeployAsync(int number, bool last, CancellationToken cancellation)
    {
        var since = time.GetUtcNow();
        var image = new BotImage($"1.{number}");
        var behaviour = Behaviours[random.Next(Behaviours.Length)];
        aws.SetBehaviour(image, new ImageBehaviour(behaviour, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1), "KeyError: 'BROKER_ACCOUNT'"));
        var (release, pushes) = await PushAsync(image, cancellation);
        if (last || random.Next(5) > 0)
        {
            await EndAsync(release, cancellation);
        }

        var (ended, told) = aws.Ask(oracle => (oracle.EndOf(release), oracle.ToldOf(release)));
        return new Drilled(release, behaviour, pushes, ended, told, time.GetUtcNow() - since);
    }

    // A person runs a job again whose deployment nobody hears of.
    private async Task<(string Release, int Pushes)> PushAsync(BotImage image, CancellationToken cancellation)
    {
        for (var pushes = 1; ; pushes++)
        {
            var release = await aws.Pipeline.PushAsync(image, cancellation);
            try
            {
                await LocalAws.UntilAsync(
                    $"release {release} to have a version", () => Task.FromResult(aws.Ask(oracle => oracle.HasVersion(release))), UntilRunAgain, time, cancellation);
                return (release, pushes);
            }
            catch (StuckException) when (pushes < 20)
            {
            }
        }
    }

    private Task EndAsync(string release, CancellationToken cancellation) =>
        LocalAws.UntilAsync(
            $"release {release} to be confirmed or rolled back",
            () => Task.FromResult(aws.Ask(oracle => oracle.EndOf(release)) is not null),
            Patience,
            time,
            cancellation);

    private List<Check> Look(List<Drilled> drilled, int instances, Havoc havoc)
    {
        // An end that was seen stays one when its mark is pruned.
        var ends = drilled.ConvertAll(one => one with
        {
            Ended = aws.Ask(oracle => oracle.EndOf(one.Release)) ?? one.Ended,
            Told = aws.Ask(oracle => oracle.ToldOf(one.Release)),
        });
        var untold = ends.Where(one => one.Ended is not null && one.Told != one.Ended).Select(one => $"{one.Release} ({one.Ended}; told: {one.Told ?? "nothing"})").ToList();
        var flaw = aws.Ask(oracle => oracle.Flaw());
        return
        [
            new(flaw ?? "the group runs and pins what it should, and nothing else", flaw is null),
            new($"never more than {instances} in service ({most} at most)", most <= instances),
            new("no bad image was confirmed for good", ends.TrueForAll(one => one.Behaviour == BehaviourKind.Healthy || one.Ended != Oracle.ConfirmedWord)),
            new("no good image was rolled back", ends.TrueForAll(one => one.Behaviour != BehaviourKind.Healthy || one.Ended != Oracle.RolledBackWord)),
            new("each deployment was confirmed, rolled back or overtaken by the next", Enumerable.Range(0, ends.Count).All(i => ends[i].Ended is not null || i + 1 < ends.Count)),
            new(untold is [] ? "people were told of each end" : $"people were told of each end, but not of {string.Join(", ", untold)}", untold is []),
            new($"{havoc.Lost} of {havoc.Events} events were lost, and {havoc.Kills} processes killed", havoc is { Lost: > 0, Kills: > 0 }),
        ];
    }

    private void CountInService(TimelineEntry entry)
    {
        if (entry.Kind == "LifecycleStateChanged" && aws.Cloud.AutoScaling.Find(ProductionGroup.Name) is { } group)
        {
            most = Math.Max(most, group.Instances.Count(instance => instance.State == LifecycleState.InService));
        }
    }
}
