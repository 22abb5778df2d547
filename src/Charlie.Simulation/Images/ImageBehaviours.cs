using System.Text.RegularExpressions;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Instances;

namespace Charlie.Simulation.Images;

/// <summary>What each image does, by its digest; an image that nobody named is healthy after the usual boot time.</summary>
internal sealed partial class ImageBehaviours : IInstanceSoftware
{
    /// <summary>The tag that says which image a machine runs.</summary>
    public const string ImageTag = "charlie:image";

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, ImageBehaviour> byDigest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImageBehaviour> byMachineImage = new(StringComparer.Ordinal);
    private readonly List<Outage> outages = [];

    /// <param name="bootDelay">The usual boot time of an image.</param>
    public ImageBehaviours(TimeSpan bootDelay) => Usual = new ImageBehaviour(BehaviourKind.Healthy, bootDelay, TimeSpan.Zero, null);

    /// <summary>Raised after a behaviour was set.</summary>
    public event Action? Changed;

    public ImageBehaviour Usual { get; }

    /// <summary>What keeps two copies of a singleton apart; <c>null</c> where several may run.</summary>
    public MachineLock? Lock { get; set; }

    public IReadOnlyDictionary<string, ImageBehaviour> All
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, ImageBehaviour>(byDigest);
            }
        }
    }

    public static bool IsDigest(string text) => DigestShape.IsMatch(text);

    /// <param name="digest">For example <c>sha256:9f86...</c>.</param>
    /// <param name="behaviour">What it does from now on, also on machines that run it already.</param>
    public void Set(string digest, ImageBehaviour behaviour)
    {
        lock (gate)
        {
            byDigest[digest] = behaviour;
        }

        Changed?.Invoke();
    }

    /// <param name="machineImage">For example <c>ami-0123456789abcdef0</c>: whatever image its machines shall run,
    /// this is what they do.</param>
    /// <param name="behaviour">What its machines do from now on.</param>
    public void SetMachine(string machineImage, ImageBehaviour behaviour)
    {
        lock (gate)
        {
            byMachineImage[machineImage] = behaviour;
        }

        Changed?.Invoke();
    }

    /// <summary>From now on what every app needs does not respond for a time.</summary>
    public void Add(Outage outage)
    {
        lock (gate)
        {
            outages.Add(outage);
        }

        Changed?.Invoke();
    }

    public IReadOnlyList<Outage> Outages
    {
        get
        {
            lock (gate)
            {
                return outages.Count == 0 ? [] : [.. outages];
            }
        }
    }

    /// <summary>The behaviour of a launch template version: its machine image's, else that of the image that it names.</summary>
    public ImageBehaviour Of(LaunchTemplateVersion version) =>
        On(version.Data.ImageId, version.Data.InstanceTags.GetValueOrDefault(ImageTag, string.Empty));

    /// <summary>The behaviour of an image named with its digest (<c>repository@sha256:...</c>).</summary>
    public ImageBehaviour Of(string image)
    {
        lock (gate)
        {
            return byDigest.GetValueOrDefault(image[(image.IndexOf('@', StringComparison.Ordinal) + 1)..], Usual);
        }
    }

    /// <summary>What an instance returns at a moment: nothing before it runs and from its shutdown on.</summary>
    public MachineResponse ResponseOf(Ec2Instance instance, DateTimeOffset now)
    {
        if (instance.State != InstanceState.Running || instance.RunningSince is not { } since)
        {
            return MachineResponse.Nothing;
        }

        return instance.Tags[ImageTag] is { } image
            ? Locked(On(instance.Version.Data.ImageId, image), instance, since).At(now - since, image, InTimeOf(since))
            : now - since < Usual.BootTime ? MachineResponse.Nothing : new MachineResponse(503, null, $"machine: no tag {ImageTag}");
    }

    /// <summary>When an instance starts its app; <c>null</c> where it never does, or where that is not known yet.</summary>
    public DateTimeOffset? AppStartOf(Ec2Instance instance) =>
        instance.RunningSince is { } since ? since + Locked(Of(instance.Version), instance, since).AppStartsAfter : null;

    private ImageBehaviour Locked(ImageBehaviour behaviour, Ec2Instance instance, DateTimeOffset since) =>
        Lock is null ? behaviour : behaviour with { LockedUntil = Lock.FreeAt(instance) - since };

    private IReadOnlyList<(TimeSpan From, TimeSpan Until)> InTimeOf(DateTimeOffset since)
    {
        var all = Outages;
        return all.Count == 0 ? [] : [.. all.Select(outage => (outage.From - since, outage.Until - since))];
    }

    public DateTimeOffset? ListensFrom(Ec2Instance instance)
    {
        var behaviour = instance.Tags[ImageTag] is { } image ? On(instance.Version.Data.ImageId, image) : Usual;
        return instance.RunningSince + behaviour.SilentFor;
    }

    public InstanceResponse? Respond(Ec2Instance instance, DateTimeOffset now)
    {
        var response = ResponseOf(instance, now);
        return response.Listening
            ? new InstanceResponse(response.Status, response.Status == 200 ? "healthy\n" : "not healthy\n", response.Headers()) : null;
    }

    private ImageBehaviour On(string? machineImage, string image)
    {
        lock (gate)
        {
            return byMachineImage.TryGetValue(machineImage ?? string.Empty, out var machine) ? machine : Of(image);
        }
    }

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex DigestShape { get; }
}
