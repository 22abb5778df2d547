namespace Charlie.Sandbox.Instances;

/// <summary>What an image does on a machine.</summary>
public enum BehaviourKind
{
    /// <summary>Healthy after its boot time, and for good.</summary>
    Healthy,

    /// <summary>Answers 500 for ever.</summary>
    Error500,

    /// <summary>The app cannot start: 503, and the machine says so.</summary>
    Exits,

    /// <summary>The machine cannot run the app: 503, and it says so.</summary>
    MachineFailure,

    /// <summary>Healthy, but it is not the image that was asked for.</summary>
    OtherImage,

    /// <summary>Nothing ever listens.</summary>
    NeverBoots,

    /// <summary>Healthy for a while, then 500.</summary>
    HealthyThen500,

    /// <summary>Healthy for a while, then the app exits.</summary>
    HealthyThenExits,
}

/// <summary>What an image does, and when.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="BootTime">From the machine's start until something listens.</param>
/// <param name="HealthyFor">How long the kinds that turn stay healthy after that.</param>
/// <param name="Reason">The text behind a failure: the app's last line, or what is wrong with the machine.</param>
public sealed record ImageBehaviour(BehaviourKind Kind, TimeSpan BootTime, TimeSpan HealthyFor, string? Reason)
{
    /// <summary>The image that answers in place of the one that was asked for.</summary>
    private const string Other = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>What the machine answers at an age, counted from when it began to run.</summary>
    public HealthAnswer At(TimeSpan age, string image)
    {
        if (Kind == BehaviourKind.NeverBoots || age < BootTime)
        {
            return HealthAnswer.Nothing;
        }

        return (Kind, Turned: age >= BootTime + HealthyFor) switch
        {
            (BehaviourKind.Error500, _) or (BehaviourKind.HealthyThen500, true) => new HealthAnswer(500, image, null),
            (BehaviourKind.Exits, _) or (BehaviourKind.HealthyThenExits, true) => new HealthAnswer(503, image, $"app: exited with 1: {Reason ?? "unhandled exception"}"),
            (BehaviourKind.MachineFailure, _) => new HealthAnswer(503, image, $"machine: {Reason ?? "the registry does not answer"}"),
            (BehaviourKind.OtherImage, _) => new HealthAnswer(200, $"{image.Split('@')[0]}@sha256:{Other}", null),
            _ => new HealthAnswer(200, image, null),
        };
    }
}

/// <summary>What a machine answers to the health question.</summary>
/// <param name="Status">The HTTP status, or 0 where nothing listens.</param>
/// <param name="Image">The X-Charlie-Image header.</param>
/// <param name="Failure">The X-Charlie-Failure header.</param>
public sealed record HealthAnswer(int Status, string? Image, string? Failure)
{
    public static readonly HealthAnswer Nothing = new(0, null, null);

    public bool Listening => Status != 0;
}
