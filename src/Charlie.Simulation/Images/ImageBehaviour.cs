namespace Charlie.Simulation.Images;

/// <summary>What an image does on a machine.</summary>
public enum BehaviourKind
{
    /// <summary>Healthy after its boot time and warm-up, and for good.</summary>
    Healthy,

    /// <summary>The app runs and responds 500 for ever.</summary>
    Error500,

    /// <summary>The app ends at each start.</summary>
    Exits,

    /// <summary>The app cannot be executed: the machine gives it up.</summary>
    CannotRun,

    /// <summary>The machine cannot run the app, and says so.</summary>
    MachineFailure,

    /// <summary>The image is never pulled to its end.</summary>
    HangsInPull,

    /// <summary>Healthy, but it is not the image that was requested.</summary>
    OtherImage,

    /// <summary>Nothing ever listens.</summary>
    NeverBoots,

    /// <summary>Healthy for a while, then 500.</summary>
    HealthyThen500,

    /// <summary>Healthy for a while, then the app ends at each start.</summary>
    HealthyThenExits,

    /// <summary>Healthy for a while and then not for as long, in turn.</summary>
    Flaps,

    /// <summary>The app starts, and its machine falls silent: it takes all memory, or the network with it.</summary>
    StartsThenSilent,

    /// <summary>The app's own preflight fails, so that the machine never waits for the lock.</summary>
    FailsPreflight,
}

/// <summary>What an image does, and when.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="BootTime">From the machine's start until it starts the app.</param>
/// <param name="HealthyFor">How long the kinds that turn stay healthy after that.</param>
/// <param name="Reason">The text behind a failure: the app's last line, or what is wrong with the machine.</param>
internal sealed record ImageBehaviour(BehaviourKind Kind, TimeSpan BootTime, TimeSpan HealthyFor, string? Reason)
{
    /// <summary>The image that responds in place of the one that was requested.</summary>
    private const string Other = "0000000000000000000000000000000000000000000000000000000000000000";

    // A machine responds from the first second, long before its app runs.
    private const double SilentShare = 0.25;

    // The stack's MachineDeadlineSeconds less a launch's time.
    private static readonly TimeSpan MaxGoodBootTime = TimeSpan.FromSeconds(420);

    // The stack's HealthDeadlineSeconds.
    private static readonly TimeSpan MaxGoodWarmUp = TimeSpan.FromSeconds(290);

    private const double LockSeconds = 240;

    // The container is there already.
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(1);

    // Longer than any run, and short enough to be added to.
    private static readonly TimeSpan NotYet = TimeSpan.FromDays(3650);

    private TimeSpan StartsAt =>
        LockedUntil is not { } free ? NotYet : (free > BootTime ? free : BootTime) + LockTime;

    // In the order in which a machine goes through them.
    private static readonly string[] Phases = ["boot", "secrets", "pull", "prepare", "lock", "start"];

    /// <summary>From the machine's start until no older machine runs the app; <c>null</c> while one does.</summary>
    public TimeSpan? LockedUntil { get; init; } = TimeSpan.Zero;

    /// <summary>How long the machine still waits for its lock then, before it starts the app.</summary>
    public TimeSpan LockTime { get; init; }

    /// <summary>From the app's start until it is healthy.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>Whether it becomes healthy well within the deadlines and stays so.</summary>
    public bool IsGood => Kind == BehaviourKind.Healthy && BootTime < MaxGoodBootTime && WarmUp < MaxGoodWarmUp;

    /// <summary>
    /// Whether it is judged to be the release's own fault in the end. A machine that never responds, or takes too long until
    /// it starts the app, is not.
    /// </summary>
    public bool IsOfRelease =>
        !IsGood && Kind is not BehaviourKind.NeverBoots && (Kind is not BehaviourKind.Healthy || WarmUp >= MaxGoodWarmUp);

    /// <summary>From the machine's start until it starts the app; <c>null</c> where it never does.</summary>
    public TimeSpan? AppStartsAfter =>
        LockedUntil is null
        || Kind is BehaviourKind.NeverBoots or BehaviourKind.HangsInPull or BehaviourKind.MachineFailure or BehaviourKind.CannotRun
            or BehaviourKind.FailsPreflight
            ? null
            : StartsAt;

    /// <summary>From the machine's start until it responds; <c>null</c> where it never does.</summary>
    public TimeSpan? SilentFor => Kind == BehaviourKind.NeverBoots ? null : BootTime * SilentShare;

    /// <summary>What the machine returns at an age, counted from when it began to run.</summary>
    /// <param name="outages">In the machine's time.</param>
    public MachineResponse At(TimeSpan age, string image, params IReadOnlyList<(TimeSpan From, TimeSpan Until)> outages)
    {
        if (SilentFor is not { } silent || age < silent)
        {
            return MachineResponse.Nothing;
        }

        return (Kind, HasBooted: age >= BootTime) switch
        {
            (BehaviourKind.StartsThenSilent, true) when age >= StartsAt + HealthyFor => MachineResponse.Nothing,
            (BehaviourKind.HangsInPull, true) => NotRunning("pull", age, image),
            (BehaviourKind.MachineFailure, true) =>
                new MachineResponse(503, null, $"machine: {Reason ?? "the registry does not respond"}", "pull") { Now = age },
            (BehaviourKind.FailsPreflight, true) =>
                new MachineResponse(503, null, $"app: preflight: exited with 1: {Reason ?? "no such account"}") { Now = age },
            (_, true) when age < StartsAt - StartTime => Locked(age, image),
            (_, true) when age < StartsAt => NotRunning("start", age, image),
            (_, false) => NotRunning(PhaseAt((age - silent) / (BootTime - silent)), age, image),
            (BehaviourKind.CannotRun, _) =>
                new MachineResponse(503, null, $"app: exited with 127: {Reason ?? "no such file or directory"}") { Now = age },
            _ => Running(RunAt(age, outages), age, image),
        };
    }

    private AppRun RunAt(TimeSpan age, IReadOnlyList<(TimeSpan From, TimeSpan Until)> outages)
    {
        var turn = StartsAt + HealthyFor;
        return (Kind, HasTurned: age >= turn) switch
        {
            (BehaviourKind.Error500, _) => AppRun.Unhealthy(StartsAt, StartsAt),
            (BehaviourKind.Exits, _) => AppRun.Exiting(StartsAt, StartsAt, age),
            (BehaviourKind.HealthyThen500, true) => AppRun.Unhealthy(StartsAt, turn),
            (BehaviourKind.HealthyThenExits, true) => AppRun.Exiting(StartsAt, turn, age),
            (BehaviourKind.Flaps, _) => Flap(age),
            _ => Settled(age, outages),
        };
    }

    private AppRun Flap(TimeSpan age)
    {
        var half = HealthyFor > TimeSpan.FromSeconds(1) ? HealthyFor : TimeSpan.FromSeconds(1);
        var turns = (int)((age - StartsAt) / half);
        var since = StartsAt + (half * turns);
        return turns % 2 == 0 ? AppRun.Healthy(StartsAt, since) : AppRun.Unhealthy(StartsAt, since);
    }

    // A healthy app: healthy after its warm-up, and after the first start behind each outage.
    private AppRun Settled(TimeSpan age, IReadOnlyList<(TimeSpan From, TimeSpan Until)> outages)
    {
        var healthyAt = StartsAt + WarmUp;
        IEnumerable<(TimeSpan From, TimeSpan Until)> counting = outages.Count == 0
            ? []
            : outages.Where(outage => outage.Until > StartsAt).OrderBy(outage => outage.From);
        foreach (var (from, until) in counting)
        {
            var began = from > StartsAt ? from : StartsAt;
            if (age >= began && age < until)
            {
                return AppRun.Exiting(StartsAt, began, age);
            }

            if (age >= until)
            {
                var again = began + AppRun.NextStart(until - began);
                if (age < again)
                {
                    return AppRun.Exiting(StartsAt, began, age);
                }

                healthyAt = healthyAt > again + WarmUp ? healthyAt : again + WarmUp;
            }
        }

        return age >= healthyAt ? AppRun.Healthy(StartsAt, healthyAt) : AppRun.Unhealthy(StartsAt, healthyAt - WarmUp);
    }

    private MachineResponse Running(AppRun run, TimeSpan age, string image) =>
        run.IsHealthy
            ? new MachineResponse(200, ImageOnMachine(image), null, "run")
            {
                Run = run,
                Now = age,
            }
            : new MachineResponse(503, null, null, "run")
            {
                Run = run,
                Now = age,
                LastEnd = run.Restarts > 0 ? $"exited with 1: {Reason ?? "unhandled exception"}" : null,
            };

    // The script gives up after the lock's time, and systemd starts it again.
    private MachineResponse Locked(TimeSpan age, string image) =>
        (age - BootTime).TotalSeconds % LockSeconds < LockSeconds - 10
            ? NotRunning("lock", age, image)
            : new MachineResponse(503, null, "machine: the address is still with another instance", "lock") { Now = age };

    // A machine that has to wait at the lock does so after its boot.
    private string PhaseAt(double share) => Phases[(int)(share * (Phases.Length - (StartsAt > BootTime ? 1 : 0)))];

    private MachineResponse NotRunning(string phase, TimeSpan age, string image) =>
        new(503, null, null, phase) { Now = age, Prepared = phase == "lock" ? ImageOnMachine(image) : null };

    private string ImageOnMachine(string image) =>
        Kind == BehaviourKind.OtherImage ? $"{image.Split('@')[0]}@sha256:{Other}" : image;
}
