using Charlie.Bench.Stage;

namespace Charlie.Bench.Measures;

/// <summary>One event, and the state of the group that it comes to.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Handler">The function that gets it.</param>
/// <param name="Confirmed">Whether the group's first release is confirmed before; if not, its instance waits at the launch hook.</param>
internal sealed record Scene(string Name, string Handler, bool Confirmed, Func<ProductionStage, string> Event)
{
    /// <summary>Six calls: what runs is read, the version made, pinned, the old instance terminated.</summary>
    public static readonly Scene Push = new("Image Pushed: Started", "Refresh", true, _ => Events.ImagePushed());

    /// <summary>Three calls: the doubled event of a launch that is long over.</summary>
    public static readonly Scene LaunchAgain =
        new("Instance-launch again: NothingToDo", "Lifecycle", true, stage => Events.InstanceLaunch(stage.InstanceId));

    /// <summary>Three calls, each minute.</summary>
    public static readonly Scene Sweep = new("Sweep: NothingToDo", "Lifecycle", true, _ => Events.Scheduled());

    /// <summary>An instance is proved by three probes a quarter of a second apart, let in, and confirmed a second later.</summary>
    public static readonly Scene Launch = new("Instance-launch: Confirmed", "Lifecycle", false, stage => Events.InstanceLaunch(stage.InstanceId));

    public async Task<ProductionStage> SetAsync(TimeProvider time, CancellationToken cancellation)
    {
        var stage = await ProductionStage.SetAsync(time, cancellation);
        if (Confirmed)
        {
            await stage.ConfirmAsync(cancellation);
        }

        return stage;
    }
}
