using System.Collections.Immutable;
using Charlie.Simulation.Images;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Plans;

/// <summary>All that a seed has drawn, up front, so that single steps can be left out.</summary>
/// <param name="Shape">The group and how it is replaced.</param>
/// <param name="Past">How many releases were deployed before the run begins; about a third of them had been rolled back.</param>
/// <param name="First">What the image does that the infrastructure stack began with.</param>
/// <param name="Safety">How long things happen and go wrong; then they only have to come right.</param>
/// <param name="Steps">In the order of their times.</param>
internal sealed record Plan(
    int Seed, GroupShape Shape, int Past, ImageBehaviour First, TimeSpan Safety, ImmutableArray<SimulationStep> Steps)
{
    public static readonly BotImage FirstImage = new("first");

    /// <summary>The stack's deploy window; <c>null</c> without one.</summary>
    public DeployWindow? Window { get; init; }

    /// <summary>Whether the stack tells GitLab.</summary>
    public bool TellsGitLab { get; init; }

    /// <summary>The most that a machine of any drawn image takes until it is healthy.</summary>
    public TimeSpan LongestStart => Steps
        .Select(step => step switch
        {
            SimulationStep.Push push => push.Behaviour,
            SimulationStep.ImageTurns turns => turns.Behaviour,
            _ => First,
        })
        .Append(First)
        .Max(behaviour => behaviour.BootTime + behaviour.WarmUp + behaviour.LockTime);

    public static Plan Draw(int seed) => new PlanDraw(seed).Draw();
}

/// <summary>How many instances the group has, and the stack's parameters for replacing them.</summary>
internal sealed record GroupShape(int Size, string Strategy, int MinHealthyPercentage, int MaxHealthyPercentage)
{
    public static readonly GroupShape Singleton = new(1, "Replace", 90, 100);

    public static readonly GroupShape Handover = Singleton with { Strategy = "Handover" };

    public bool IsRolling => Strategy == "Rolling";

    public bool IsHandover => Strategy == "Handover";

    /// <summary>The group's minimum while it is open, and its maximum.</summary>
    public (int Min, int Max) Bounds => IsHandover ? (1, 2) : (0, Size);

    /// <summary>Instances that may be in service at once.</summary>
    public int MaxInService =>
        IsRolling ? Math.Max(Size * MaxHealthyPercentage / 100, MinHealthyPercentage == 100 ? Size + 1 : Size) : Size;
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
        "EC2 Instance-launch Lifecycle Action", "EC2 Instance-launch Lifecycle Action", "Scheduled Event", "Scheduled Event",
            "Scheduled Event", "Image Pushed", "Rollback Requested",
        "EC2 Auto Scaling Instance Refresh Succeeded", "EC2 Auto Scaling Instance Refresh Cancelled",
    ];

    private readonly Random random = new(seed);
    private readonly List<SimulationStep> steps = [];
    private readonly List<SimulationStep.Push> pushes = [];
    private TimeSpan safety;

    public Plan Draw()
    {
        safety = Chance(0.96) ? Minutes(10, 45) : Minutes(80, 110);
        DrawPushes();
        DrawPeople();
        DrawMachines();
        DrawFaults();
        steps.AddRange(new RequestDraw(seed, safety).Draw());
        steps.AddRange(new NotifyDraw(seed, safety).Draw());
        steps.AddRange(new GitLabDraw(seed, safety).Draw());
        steps.AddRange(new AlarmDraw(seed).Draw([.. pushes.Select(push => push.At)]));
        var first = Chance(0.95) ? Healthy() : Sick();
        var (shape, past) = (Shape(), Chance(0.8) ? 0 : random.Next(1, 20));
        if (shape.IsHandover)
        {
            steps.AddRange(new HandoverDraw(seed).Draw([.. pushes.Select(push => push.At)]).Where(step => step.At < safety));
        }

        return new Plan(seed, shape, past, first, safety, SilentMachines.DrawnInto([.. steps.OrderBy(step => step.At)], seed))
        {
            Window = RequestDraw.Window(seed),
            TellsGitLab = GitLabDraw.IsOn(seed),
        };
    }

    private GroupShape Shape()
    {
        if (Chance(0.66))
        {
            return Chance(0.5) ? GroupShape.Singleton : GroupShape.Handover;
        }

        var (least, most) = Pick(Percentages);
        return new GroupShape(Chance(0.9) ? random.Next(1, 5) : random.Next(5, 13), "Rolling", least, most);
    }

    private void DrawPushes()
    {
        if (Chance(0.08))
        {
            DrawReturn();
        }
        else
        {
            DrawJobs();
        }

        foreach (var push in pushes)
        {
            steps.Add(push);
            if (Chance(0.2))
            {
                steps.Add(new SimulationStep.PushAgain(
                    push.At + (Chance(0.5) ? Seconds(0, 3) : Seconds(0, 1500)), push.Pipeline, push.Job, push.Image));
            }

            if (Chance(0.05))
            {
                var moment = TimeSpan.FromMilliseconds(random.Next(1, 400));
                steps.Add(new SimulationStep.StackUpdate(push.At + moment, null));
                steps.Add(new SimulationStep.PushAgain(push.At + (2 * moment), push.Pipeline, push.Job, push.Image));
            }

            for (var turns = Chance(0.15) ? random.Next(1, 6) : 0; turns > 0; turns--)
            {
                steps.Add(new SimulationStep.ImageTurns(
                    push.At + Seconds(20, 500),
                    push.Image,
                    Chance(0.5) ? Healthy() with { WarmUp = TimeSpan.Zero, LockTime = TimeSpan.Zero } : Sick()));
            }
        }
    }

    // An operator goes back to a release that was rejected before, by its name, and the next push is bad.
    private void DrawReturn()
    {
        var (ids, at) = (new GitLabIds(random), Seconds(180, 240));
        Push(Healthy());
        var first = ReleaseOf(pushes[0]);
        Then(() => steps.Add(new SimulationStep.Rollback(at, first, "0.0", false)));
        Then(() => Push(Healthy()));
        Then(() => steps.Add(new SimulationStep.Rollback(at, null, first, false)));
        Then(() => Push(new ImageBehaviour(BehaviourKind.Error500, Seconds(2, 30), TimeSpan.Zero, null)));

        void Then(Action draw)
        {
            at += Seconds(240, 360);
            draw();
        }

        void Push(ImageBehaviour behaviour) => pushes.Add(new SimulationStep.Push(
            at, ids.NextPipeline(), ids.NextJob(), new BotImage($"{seed}.{pushes.Count}").Name, behaviour));
    }

    // GitLab gives a pipeline's jobs their ids when it creates the pipeline, and a job that is run again its id then.
    private void DrawJobs()
    {
        var jobs = new List<Job>();
        var count = random.Next(1, 8);
        var burst = Chance(0.25) ? At() : (TimeSpan?)null;
        for (var pipeline = 0; pipeline < count; pipeline++)
        {
            var created = burst is { } from ? from + Seconds(0, 90) : At();
            var (image, behaviour) = (new BotImage($"{seed}.{pipeline}").Name, Behaviour());
            var pushed = created + (Chance(0.12) ? Seconds(200, 1500) : Seconds(0, 40));
            jobs.Add(new Job(created, pipeline, pushed, image, behaviour));
            if (Chance(0.12))
            {
                // A manual job of the same pipeline, that a person starts late.
                jobs.Add(new Job(created, pipeline, pushed + Seconds(60, 2400), image, behaviour));
            }

            for (var presses = Chance(0.25) ? random.Next(1, 3) : 0; presses > 0; presses--)
            {
                // Retry, or of an older pipeline Rollback environment.
                var pressed = pushed + Seconds(20, 1800);
                jobs.Add(new Job(pressed, pipeline, pressed + Seconds(3, 30), image, behaviour));
            }
        }

        var (ids, pipelines) = (new GitLabIds(random), new Dictionary<int, long>());
        foreach (var job in jobs.OrderBy(job => job.Created))
        {
            if (!pipelines.TryGetValue(job.Pipeline, out var pipeline))
            {
                pipelines[job.Pipeline] = pipeline = ids.NextPipeline();
            }

            pushes.Add(new SimulationStep.Push(job.Pushed, pipeline, ids.NextJob(), job.Image, job.Behaviour));
        }
    }

    private void DrawPeople()
    {
        Some(0.25, 2, () =>
            new SimulationStep.InvalidPush(
            At(), FirstPipeline + 500 + steps.Count, 1, new BotImage("invalid").Name, Pick(Enum.GetValues<PushViolation>())));
        Some(0.3, 2, () => new SimulationStep.Rollback(
            At(),
            Chance(0.7) ? null : Chance(0.8) ? ReleaseOf(Pick(pushes)) : "999999.1",
            Chance(0.6) ? null : Chance(0.5) ? ReleaseOf(Pick(pushes)) : Chance(0.7) ? "0.0" : "1.1",
            Chance(0.3)));
        if (Chance(0.2))
        {
            var push = Pick(pushes);
            steps.Add(new SimulationStep.RollbackAtConfirmation(push.At, ReleaseOf(push), Seconds(55, 60), Seconds(10, 15)));
        }

        Some(0.3, 2, () => new SimulationStep.StackUpdate(At(), Chance(0.6) ? null : Pick(BadBases)));
        Some(0.15, 2, () => new SimulationStep.PinChange(At(), random.Next(10)));
        Some(0.1, 1, () => new SimulationStep.LatestPin(At()));
    }

    private void DrawMachines()
    {
        Some(0.3, 3, () => new SimulationStep.InstanceDeath(At()));
        Some(0.15, 2, () => new SimulationStep.NoCapacity(At(), Seconds(10, Chance(0.4) ? 2400 : 600)));
        Some(0.15, 2, () => new SimulationStep.AppOutage(At(), Seconds(5, Chance(0.5) ? 300 : 2400)));
        Some(0.12, 1, () => new SimulationStep.Close(At(), Seconds(60, 2400)));
        if (safety > Minutes(79, 79))
        {
            // Longer than an instance refresh waits for an instance.
            steps.Add(new SimulationStep.NoCapacity(Pick(pushes).At + Seconds(0, 30), Minutes(62, 75)));
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
            steps.Add(new SimulationStep.Call(
                AnyTime(), Pick(Functions), fault, random.Next(Chance(0.5) ? 8 : 60), Chance(0.7) ? 1 : random.Next(1, 8)));
        }

        for (var i = random.Next(1 + (heat / 2)); i > 0; i--)
        {
            steps.Add(new SimulationStep.Event(
                AnyTime(), Pick(DetailTypes), Pick(Enum.GetValues<EventFault>()), Chance(0.5) ? Seconds(1, 20) : Seconds(1, 600)));
        }

        Some(0.12, 2, () => new SimulationStep.SlowResponses(AnyTime(), Seconds(20, 300), Seconds(1, 14)));
        Some(0.3, 2, () => new SimulationStep.LaggingReads(AnyTime(), Seconds(60, 2400), Seconds(1, 15)));
        Some(0.25, 2, () => new SimulationStep.ServiceThrottle(AnyTime(), Seconds(2, 90), Pick(Services), Chance(0.5)));
        Some(0.2, 3, () => new SimulationStep.Throttle(AnyTime(), Pick(Functions), random.Next(1, 6)));
    }

    private static readonly BehaviourKind[] BadBases =
        [BehaviourKind.NeverBoots, BehaviourKind.MachineFailure, BehaviourKind.Error500, BehaviourKind.Exits];

    private ImageBehaviour Behaviour() => Chance(0.6) ? Healthy() : Sick();

    private ImageBehaviour Healthy() => new(BehaviourKind.Healthy, Seconds(2, 60), TimeSpan.Zero, null)
    {
        WarmUp = Chance(0.7) ? TimeSpan.Zero : Seconds(1, 240),
        LockTime = Chance(0.9) ? TimeSpan.Zero : Seconds(1, 900),
    };

    private ImageBehaviour Sick() => random.Next(14) switch
    {
        0 => new(BehaviourKind.Error500, Seconds(2, 60), TimeSpan.Zero, null),
        1 => new(BehaviourKind.Exits, Seconds(2, 60), TimeSpan.Zero, null),
        2 => new(BehaviourKind.MachineFailure, Seconds(2, 60), TimeSpan.Zero, null),
        3 => new(BehaviourKind.OtherImage, Seconds(2, 60), TimeSpan.Zero, null),
        4 => new(BehaviourKind.NeverBoots, Seconds(2, 60), TimeSpan.Zero, null),
        5 => new(BehaviourKind.HealthyThen500, Seconds(2, 60), Seconds(1, 240), null),
        6 => new(BehaviourKind.HealthyThenExits, Seconds(2, 60), Seconds(1, 240), null),
        7 => new(BehaviourKind.CannotRun, Seconds(2, 60), TimeSpan.Zero, null),
        8 => new(BehaviourKind.HangsInPull, Seconds(2, 60), TimeSpan.Zero, null),
        9 => new(BehaviourKind.Flaps, Seconds(2, 60), Turn(), null),
        11 => new(BehaviourKind.FailsPreflight, Seconds(2, 60), TimeSpan.Zero, null),
        10 => new(BehaviourKind.Healthy, Seconds(2, 60), TimeSpan.Zero, null) { WarmUp = Seconds(300, 900) },
        _ => new(BehaviourKind.Healthy, Seconds(120, 460), TimeSpan.Zero, null),
    };

    // One in five turns with the sweep, which then always finds the app as it found it the first time.
    private TimeSpan Turn() => Seconds(1, 50) is var turn && turn.TotalSeconds is >= 25 and < 35 ? TimeSpan.FromSeconds(30) : turn;

    private void Some(double chance, int most, Func<SimulationStep> draw)
    {
        if (Chance(chance))
        {
            for (var i = random.Next(1, most + 1); i > 0; i--)
            {
                steps.Add(draw());
            }
        }
    }

    private static string ReleaseOf(SimulationStep.Push push) => $"{push.Pipeline}.{push.Job}";

    /// <summary>A deploy job.</summary>
    /// <param name="Created">When GitLab gave it its id.</param>
    /// <param name="Pushed">When it ran.</param>
    private sealed record Job(TimeSpan Created, int Pipeline, TimeSpan Pushed, string Image, ImageBehaviour Behaviour);

    private bool Chance(double probability) => random.NextDouble() < probability;

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>While things happen, and late enough for the first instance to be confirmed.</summary>
    private TimeSpan At() => Seconds(Chance(0.9) ? 180 : 1, (int)safety.TotalSeconds);

    private TimeSpan AnyTime() => Seconds(0, (int)safety.TotalSeconds);

    private TimeSpan Minutes(int least, int most) => Seconds(least * 60, most * 60);

    private TimeSpan Seconds(int least, int most) => TimeSpan.FromMilliseconds(random.Next(least * 1000, (most * 1000) + 1));
}
