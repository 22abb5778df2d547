using Charlie.Bench.Environments;

namespace Charlie.Bench.Measures;

/// <summary>One event, and the state of the group that it comes to.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Handler">The function that gets it.</param>
/// <param name="Confirmed">Whether the group's first release is confirmed before; if not, its instance waits at the launch hook.</param>
internal sealed record Scene(string Name, string Handler, bool Confirmed, Func<ProductionEnvironment, string> Event)
{
    /// <summary>Six calls: what runs is read, the version made, pinned, the old instance terminated.</summary>
    public static readonly Scene Push = new("Image Pushed: Started", "Refresh", true, _ => Events.ImagePushed());

    /// <summary>Three calls: the doubled event of a launch that is long over.</summary>
    public static readonly Scene LaunchAgain =
        new("Instance-launch again: NothingToDo", "Lifecycle", true, environment => Events.InstanceLaunch(environment.InstanceId));

    /// <summary>Four calls and a probe of what is in service, each minute.</summary>
    public static readonly Scene Sweep = new("Sweep: NothingToDo", "Lifecycle", true, _ => Events.Scheduled());

    /// <summary>An instance is healthy after three probes a quarter of a second apart, admitted, and confirmed a second later.</summary>
    public static readonly Scene Launch =
        new("Instance-launch: Confirmed", "Lifecycle", false, environment => Events.InstanceLaunch(environment.InstanceId));

    public async Task<ProductionEnvironment> SetAsync(TimeProvider time, CancellationToken cancellation)
    {
        var environment = await ProductionEnvironment.SetAsync(time, cancellation);
        if (Confirmed)
        {
            await environment.ConfirmAsync(cancellation);
        }

        return environment;
    }
}
