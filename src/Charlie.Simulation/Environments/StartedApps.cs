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

    public StartedApps(Cloud cloud, ImageBehaviours images)
    {
        (this.cloud, this.images) = (cloud, images);
        cloud.Ec2.Instances.StateChanged += Await;
    }

    private void Await(Ec2Instance instance)
    {
        if (instance is { State: InstanceState.Running, RunningSince: { } since }
            && images.Of(instance.Version).AppStartsAfter is { } after
            && since + after > cloud.Time.GetUtcNow())
        {
            cloud.Context.Scheduler.After(since + after - cloud.Time.GetUtcNow(), () => Record(instance));
        }
    }

    private void Record(Ec2Instance instance)
    {
        if (instance.State == InstanceState.Running && images.Of(instance.Version).AppStartsAfter is not null)
        {
            instance.Tags.Put(new Dictionary<string, string>
            {
                [Tag] = cloud.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            });
        }
    }
}
