using System.Collections.Immutable;
using Charlie.Cli.Production;
using Charlie.Sandbox.Instances;

namespace Charlie.Cli.Simulation;

/// <summary>All that a seed has drawn, up front, so that single happenings can be left out.</summary>
/// <param name="Shape">The group and how it is replaced.</param>
/// <param name="Past">How many releases were deployed before the run begins; about a third of them had been rolled back.</param>
/// <param name="First">What the image does that the infrastructure stack began with.</param>
/// <param name="Safety">How long things happen and go wrong; then they only have to come right.</param>
/// <param name="Happenings">In the order of their times.</param>
internal sealed record Plan(int Seed, GroupShape Shape, int Past, ImageBehaviour First, TimeSpan Safety, ImmutableArray<Happening> Happenings)
{
    public static readonly BotImage FirstImage = new("first");

    public static Plan Draw(int seed) => new PlanDraw(seed).Draw();
}

/// <summary>How many instances the group has, and the stack's parameters for replacing them.</summary>
internal sealed record GroupShape(int Size, string Strategy, int MinHealthyPercentage, int MaxHealthyPercentage)
{
    public static readonly GroupShape Singleton = new(1, "Replace", 90, 100);

    public bool IsRolling => Strategy == "Rolling";

    /// <summary>Instances that may be in service at once.</summary>
    public int Most => IsRolling ? Math.Max(Size * MaxHealthyPercentage / 100, MinHealthyPercentage == 100 ? Size + 1 : Size) : Size;
}

/// <summary>Draws a plan.</summary>
internal sealed class PlanDraw(int seed)
{
    private const long FirstPipeline = 1000;

    private static readonly (int Least, int Most)[] Percentages = [(90, 100), (50, 100), (0, 100), (100, 200), (100, 110), (60, 150)];

    private static readonly string[] Functions = ["Refresh", "Lifecycle"];

    private static readonly string[] Services = ["ec2", "autoscaling"];

    private static readonly string[] DetailTypes =
    [
        "EC2 Instance-launch Lifecycle Action", "EC2 Instance-launch Lifecycle Action", "Scheduled Event", "Scheduled Event", "Scheduled Event", "Image Pushed", "Rollback Requested",
        "EC2 Auto Scaling Instance Refresh Succeeded", "EC2 Auto Scaling Instance Refresh Cancelled",
    ];

    private readonly Random random = new(seed);
    private readonly List<Happening> happenings = [];
    private readonly List<Happening.Push> pushes = [];
    private TimeSpan safety;

    public Plan Draw()
    {
        safety = Chance(0.96) ? Minutes(10, 45) : Minutes(80, 110);
        DrawPushes();
        DrawPeople();
        DrawMachines();
        DrawFaults();
        var first = Chance(0.95) ? Healthy() : Sick();
        return new Plan(seed, Shape(), Chance(0.8) ? 0 : random.Next(1, 20), first, safety, [.. happenings.OrderBy(happening => happening.At)]);
    }

    private GroupShape Shape()
    {
        if (Chance(0.6))
        {
            return GroupShape.Singleton;
        }

        var (least, most) = Pick(Percentages);
        return new GroupShape(Chance(0.9) ? random.Next(1, 5) : random.Next(5, 13), "Rolling", least, most);
    }

    private void DrawPushes()
    {
        var count = random.Next(1, 8);
        var burst = Chance(0.25) ? At() : (TimeSpan?)null;
        var times = Enumerable.Range(0, count)
            .Select(_ => burst is { } from ? from + Seconds(0, 90) : At())
            .Order()
            .ToArray();
        var (pipeline, job) = (FirstPipeline, 1L);
        foreach (var at in times)
        {
            (pipeline, job) = pushes.Count > 0 && Chance(0.15) ? (pipeline, job + 1) : (pipeline + random.Next(1, 4), random.Next(1, 50));
            pushes.Add(new Happening.Push(at, pipeline, job, new BotImage($"{seed}.{pushes.Count}").Name, Behaviour()));
        }

        for (var i = 1; i < pushes.Count; i++)
        {
            if (Chance(0.12))
            {
                (pushes[i - 1], pushes[i]) = (pushes[i] with { At = pushes[i - 1].At }, pushes[i - 1] with { At = pushes[i].At });
            }
        }

        foreach (var push in pushes)
        {
            happenings.Add(push);
            if (Chance(0.2))
            {
                happenings.Add(new Happening.PushAgain(push.At + (Chance(0.5) ? Seconds(0, 3) : Seconds(0, 1500)), push.Pipeline, push.Job, push.Image));
            }

            if (Chance(0.05))
            {
                var moment = TimeSpan.FromMilliseconds(random.Next(1, 400));
                happenings.Add(new Happening.StackUpdate(push.At + moment, null));
                happenings.Add(new Happening.PushAgain(push.At + (2 * moment), push.Pipeline, push.Job, push.Image));
            }

            for (var turns = Chance(0.15) ? random.Next(1, 6) : 0; turns > 0; turns--)
            {
                happenings.Add(new Happening.ImageTurns(push.At + Seconds(20, 500), push.Image, Chance(0.5) ? Healthy() : Sick()));
            }
        }
    }

    private void DrawPeople()
    {
        Some(0.25, 2, () => new Happening.InvalidPush(At(), FirstPipeline + 500 + happenings.Count, 1, new BotImage("invalid").Name, Pick(Enum.GetValues<PushFlaw>())));
        Some(0.3, 2, () => new Happening.Rollback(
            At(),
            Chance(0.7) ? null : Chance(0.8) ? ReleaseOf(Pick(pushes)) : "999999.1",
            Chance(0.6) ? null : Chance(0.5) ? ReleaseOf(Pick(pushes)) : Chance(0.7) ? "0.0" : "1.1",
            Chance(0.3)));
        Some(0.3, 2, () => new Happening.StackUpdate(At(), Chance(0.6) ? null : Pick(BadBases)));
        Some(0.15, 2, () => new Happening.PinChange(At(), random.Next(10)));
        Some(0.1, 1, () => new Happening.LatestPin(At()));
    }

    private void DrawMachines()
    {
        Some(0.3, 3, () => new Happening.InstanceDeath(At()));
        Some(0.15, 2, () => new Happening.NoCapacity(At(), Seconds(10, Chance(0.4) ? 2400 : 600)));
        if (safety > Minutes(79, 79))
        {
            // Longer than an instance refresh waits for an instance.
            happenings.Add(new Happening.NoCapacity(Pick(pushes).At + Seconds(0, 30), Minutes(62, 75)));
        }
    }

    private void DrawFaults()
    {
        if (Chance(0.1))
        {
            return;
        }

        var heat = random.Next(1, 25);
        for (var i = random.Next(heat); i > 0; i--)
        {
            var fault = Pick(Enum.GetValues<CallFault>());
            happenings.Add(new Happening.Call(AnyTime(), Pick(Functions), fault, random.Next(Chance(0.5) ? 8 : 60), Chance(0.7) ? 1 : random.Next(1, 8)));
        }

        for (var i = random.Next(1 + (heat / 2)); i > 0; i--)
        {
            happenings.Add(new Happening.Event(AnyTime(), Pick(DetailTypes), Pick(Enum.GetValues<EventFault>()), Chance(0.5) ? Seconds(1, 20) : Seconds(1, 600)));
        }

        Some(0.12, 2, () => new Happening.SlowAnswers(AnyTime(), Seconds(20, 300), Seconds(1, 14)));
        Some(0.3, 2, () => new Happening.LaggingReads(AnyTime(), Seconds(60, 2400), Seconds(1, 15)));
        Some(0.25, 2, () => new Happening.ServiceThrottle(AnyTime(), Seconds(2, 90), Pick(Services), Chance(0.5)));
        Some(0.2, 3, () => new Happening.Throttle(AnyTime(), Pick(Functions), random.Next(1, 6)));
    }

    private static readonly BehaviourKind[] BadBases = [BehaviourKind.NeverBoots, BehaviourKind.MachineFailure, BehaviourKind.Error500, BehaviourKind.Exits];

    private ImageBehaviour Behaviour() => Chance(0.6) ? Healthy() : Sick();

    private ImageBehaviour Healthy() => new(BehaviourKind.Healthy, Seconds(2, 60), TimeSpan.Zero, null);

    private ImageBehaviour Sick() => random.Next(9) switch
    {
        0 => new(BehaviourKind.Error500, Seconds(2, 60), TimeSpan.Zero, null),
        1 => new(BehaviourKind.Exits, Seconds(2, 60), TimeSpan.Zero, null),
        2 => new(BehaviourKind.MachineFailure, Seconds(2, 60), TimeSpan.Zero, null),
        3 => new(BehaviourKind.OtherImage, Seconds(2, 60), TimeSpan.Zero, null),
        4 => new(BehaviourKind.NeverBoots, Seconds(2, 60), TimeSpan.Zero, null),
        5 => new(BehaviourKind.HealthyThen500, Seconds(2, 60), Seconds(1, 240), null),
        6 => new(BehaviourKind.HealthyThenExits, Seconds(2, 60), Seconds(1, 240), null),
        _ => new(BehaviourKind.Healthy, Seconds(120, 420), TimeSpan.Zero, null),
    };

    private void Some(double chance, int most, Func<Happening> draw)
    {
        if (Chance(chance))
        {
            for (var i = random.Next(1, most + 1); i > 0; i--)
            {
                happenings.Add(draw());
            }
        }
    }

    private static string ReleaseOf(Happening.Push push) => $"{push.Pipeline}.{push.Job}";

    private bool Chance(double probability) => random.NextDouble() < probability;

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>While things happen, and late enough for the first instance to be confirmed.</summary>
    private TimeSpan At() => Seconds(Chance(0.9) ? 180 : 1, (int)safety.TotalSeconds);

    private TimeSpan AnyTime() => Seconds(0, (int)safety.TotalSeconds);

    private TimeSpan Minutes(int least, int most) => Seconds(least * 60, most * 60);

    private TimeSpan Seconds(int least, int most) => TimeSpan.FromMilliseconds(random.Next(least * 1000, (most * 1000) + 1));
}
