using System.Globalization;
using Charlie.Sandbox;
using Charlie.Sandbox.Ec2;
using Charlie.Simulation.Images;

namespace Charlie.Simulation.Environments;

/// <summary>Each machine records on its own instance when it first started the app, as <c>run_app.sh</c> does.</summary>
internal sealed class StartedApps
{
    public const string Tag = "charlie:app-started-at";

    private readonly Cloud cloud;
    private readonly ImageBehaviours images;
    private readonly HashSet<Ec2Instance> waiting = [];
    private readonly Dictionary<string, LaunchTemplateVersion> started = [];

    public StartedApps(Cloud cloud, ImageBehaviours images)
    {
        (this.cloud, this.images) = (cloud, images);
        cloud.Ec2.Instances.StateChanged += Changed;
    }

    /// <summary>The version of each machine that started its app; EC2 itself forgets a machine an hour after its end.</summary>
    public IEnumerable<LaunchTemplateVersion> Versions => started.Values;

    // The end of one machine may let another start its app.
    private void Changed(Ec2Instance instance)
    {
        if (instance.State == InstanceState.Running)
        {
            waiting.Add(instance);
        }

        foreach (var one in waiting.Where(one => one.State != InstanceState.Running || Await(one)).ToList())
        {
            waiting.Remove(one);
        }
    }

    // Whether it is known when the instance starts its app.
    private bool Await(Ec2Instance instance)
    {
        if (images.AppStartOf(instance) is not { } start)
        {
            return images.Lock is null;
        }

        if (start > cloud.Time.GetUtcNow())
        {
            cloud.Context.Scheduler.After(start - cloud.Time.GetUtcNow(), () => Record(instance));
        }

        return true;
    }

    private void Record(Ec2Instance instance)
    {
        if (instance.State == InstanceState.Running && images.AppStartOf(instance) is not null)
        {
            started[instance.Id] = instance.Version;
            instance.Tags.Put(new Dictionary<string, string>
            {
                [Tag] = cloud.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            });
        }
    }
}
