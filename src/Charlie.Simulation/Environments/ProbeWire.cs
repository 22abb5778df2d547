using System.Net;
using Charlie.Sandbox;
using Charlie.Sandbox.Ec2;
using Charlie.Simulation.Images;

namespace Charlie.Simulation.Environments;

/// <summary>The network between Lifecycle and the instances.</summary>
/// <param name="cloud">Whose instances are probed.</param>
/// <param name="images">What they respond.</param>
/// <param name="random">Draws the time of each response.</param>
/// <param name="seen">Told of each instance whose app a probe saw, and how that was.</param>
internal sealed class ProbeWire(Cloud cloud, ImageBehaviours images, Random random, Action<Ec2Instance, AppRun> seen) : HttpMessageHandler
{
    private readonly Dictionary<string, string> known = [];

    // Most probes of a machine that boots are refused: an exception that is thrown once more in here would cost more than the rest.
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (response, run) = (new TaskCompletionSource<HttpResponseMessage>(), FunctionRun.Current);
        cloud.Time.CreateTimer(
            _ => Respond(request, run, response, cancellationToken),
            null,
            TimeSpan.FromMilliseconds(random.Next(1, 12)),
            Timeout.InfiniteTimeSpan);
        return response.Task;
    }

    private void Respond(
        HttpRequestMessage request,
        FunctionRun? run,
        TaskCompletionSource<HttpResponseMessage> responded,
        CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.Host;
        var instance = cloud.Ec2.Instances.All.FirstOrDefault(instance => instance.PrivateIpAddress == address);
        var health = instance is null ? MachineResponse.Nothing : images.ResponseOf(instance, cloud.Time.GetUtcNow());
        if (instance is not null)
        {
            var image = instance.Version.Data.InstanceTags.GetValueOrDefault(ImageBehaviours.ImageTag);
            run?.Probed(
                instance.Id,
                health.IsHealthyWith(image),
                health.Prepared is { } prepared && prepared == image,
                health.SaysNothingOfApp && (health.Prepared is null || health.Prepared == image));
            known[address] = instance.Id;
        }
        else if (known.TryGetValue(address, out var gone))
        {
            // It has no address any more; the run that probes it had read one.
            run?.Probed(gone, isSuccess: false, isPrepared: false, saysNothingOfApp: true);
        }

        if (instance is not null && health.Run is { } app)
        {
            seen(instance, app);
        }

        if (!health.Listening)
        {
            // A machine that is up refuses; to one that is not nothing comes back at all.
            if (instance is { State: InstanceState.Running })
            {
                responded.SetException(new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"));
            }
            else
            {
                // Task.Delay would go on from the thread pool when it is cancelled; this goes on where the token is cancelled.
                cancellationToken.Register(() => responded.TrySetCanceled(cancellationToken));
            }

            return;
        }

        var response = new HttpResponseMessage((HttpStatusCode)health.Status);
        foreach (var (name, value) in health.Headers())
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        responded.SetResult(response);
    }
}
