using System.Net;
using Charlie.Sandbox;
using Charlie.Sandbox.Ec2;
using Charlie.Simulation.Images;

namespace Charlie.Simulation.Environments;

/// <summary>The network between Lifecycle and the instances.</summary>
/// <param name="cloud">Whose instances are probed.</param>
/// <param name="images">What they respond.</param>
/// <param name="random">Draws the time of each response.</param>
/// <param name="seen">Told of each instance whose app a probe saw, and whether it was healthy.</param>
internal sealed class ProbeWire(Cloud cloud, ImageBehaviours images, Random random, Action<Ec2Instance, bool> seen) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 12)), cloud.Time, CancellationToken.None);
        var instance = cloud.Ec2.Instances.All.FirstOrDefault(instance => instance.PrivateIpAddress == request.RequestUri!.Host);
        var health = instance is null ? MachineResponse.Nothing : images.ResponseOf(instance, cloud.Time.GetUtcNow());
        if (instance is not null)
        {
            FunctionRun.Current?.Probed(
                instance.Id,
                health.IsHealthyWith(instance.Version.Data.InstanceTags.GetValueOrDefault(ImageBehaviours.ImageTag)),
                health.SaysNothingOfApp);
        }

        if (instance is not null && health.Run is { } run)
        {
            seen(instance, run.IsHealthy);
        }

        if (!health.Listening)
        {
            // A machine that is up refuses; to one that is not nothing comes back at all.
            if (instance is not { State: InstanceState.Running })
            {
                await CancelledAsync(cancellationToken);
            }

            throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
        }

        var response = new HttpResponseMessage((HttpStatusCode)health.Status);
        foreach (var (name, value) in health.Headers())
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    // Task.Delay would go on from the thread pool when it is cancelled; this goes on where the token is cancelled.
    private static async Task CancelledAsync(CancellationToken cancellation)
    {
        var cancelled = new TaskCompletionSource();
        using var registration = cancellation.Register(() => cancelled.TrySetCanceled(cancellation));
        await cancelled.Task;
    }
}
