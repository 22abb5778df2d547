using System.Collections.Immutable;
using Charlie.Cli.Production;
using Charlie.Cli.Simulation;
using Charlie.Lambdas.Events;
using Charlie.Sandbox.Instances;
using Charlie.Sandbox.Wire;

namespace Charlie.Simulation.Tests;

/// <summary>One run of a function, from its beginning to its report, in a world in which nothing goes wrong.</summary>
/// <param name="Made">Its calls to AWS, in the order in which AWS answered them.</param>
/// <param name="RoundTrips">How often it waited for AWS: calls that went out together count once.</param>
internal sealed record Road(ImmutableArray<ApiCall> Made, int RoundTrips, DeploymentReport Report)
{
    // Long beside all that a run waits for by itself, so that the time it took counts its waits for AWS.
    private static readonly TimeSpan EachCall = TimeSpan.FromSeconds(10);

    private static readonly BotImage Pushed = new("pushed");

    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(10);

    // No sweep comes between.
    private static readonly string Template = Runs.Template.Replace("rate(1 minute)", "rate(20 hours)", StringComparison.Ordinal);

    public static void Push(World world) => world.Put("charlie.ci", "Image Pushed", PushDetail.Of(Pushed.Name, 1001, 1));

    public static void PushAndPushAgain(World world)
    {
        Push(world);
        world.Time.RunUntil(world.Time.GetUtcNow() + TimeSpan.FromMinutes(30));
        Push(world);
    }

    /// <summary>The calls of one round in a fixed order: which of them AWS answers first is nobody's promise.</summary>
    public IEnumerable<string> Calls => Ordered(Made.Select(call => call.Action));

    /// <param name="behaviour">What the pushed image does.</param>
    /// <param name="begin">What sets the functions going.</param>
    /// <param name="slow">Whether each call takes ten seconds.</param>
    /// <param name="isIt">Which of the runs after that is the one.</param>
    public static Road Walk(ImageBehaviour behaviour, Action<World> begin, bool slow, Func<DeploymentReport, bool> isIt)
    {
        Road? road = null;
        // xUnit's synchronization context has no place in a simulation.
        var thread = new Thread(() => road = WalkAlone(behaviour, begin, slow, isIt));
        thread.Start();
        thread.Join();
        return road ?? throw new InvalidOperationException("The road was not walked.");
    }

    public DateTimeOffset AtOf(string action) => Made.Single(call => call.Action == action).At;

    private static Road? WalkAlone(ImageBehaviour behaviour, Action<World> begin, bool slow, Func<DeploymentReport, bool> isIt)
    {
        using var world = new World(new Plan(1, GroupShape.Singleton, 0, behaviour, Settled, []), Template, Plan.FirstImage.Name, new Story());
        lock (world.Cloud.Gate)
        {
            world.Cloud.Images.Set(Pushed.Digest, behaviour);
        }

        world.Time.RunUntil(World.Start + Settled);
        var begun = new Dictionary<FunctionRun, (int Call, DateTimeOffset At)>();
        Road? road = null;
        world.Host.Began += (run, _) => begun[run] = (world.Cloud.Endpoint.Calls.Count, world.Time.GetUtcNow());
        world.Host.Reported += (run, report) =>
        {
            if (road is null && begun.TryGetValue(run, out var from) && isIt(report))
            {
                var took = world.Time.GetUtcNow() - from.At;
                road = new Road([.. world.Cloud.Endpoint.Calls.Skip(from.Call).Where(call => call.Caller == run.Function)], (int)(took / EachCall), report);
            }
        };
        if (slow)
        {
            world.Faults.Arm(new Happening.SlowAnswers(TimeSpan.Zero, TimeSpan.FromHours(2), EachCall));
        }

        begin(world);
        world.Time.RunUntil(world.Time.GetUtcNow() + TimeSpan.FromMinutes(20));
        return road;
    }

    private static IEnumerable<string> Ordered(IEnumerable<string> calls)
    {
        var round = new List<string>();
        foreach (var call in calls.Append(null))
        {
            if (call is "DescribeAutoScalingGroups" or "DescribeLaunchTemplateVersions" or "DescribeLaunchTemplates")
            {
                round.Add(call);
                continue;
            }

            foreach (var next in round.Order(StringComparer.Ordinal).Append(call).OfType<string>())
            {
                yield return next;
            }

            round.Clear();
        }
    }
}
