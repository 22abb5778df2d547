using System.Net;
using Charlie.Sandbox;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Instances;

namespace Charlie.Cli.Simulation;

/// <summary>The network between Lifecycle and the instances.</summary>
internal sealed class ProbeWire(Cloud cloud, Random random) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 12)), cloud.Time, CancellationToken.None);
        var instance = cloud.Ec2.Instances.All.FirstOrDefault(instance => instance.PrivateIpAddress == request.RequestUri!.Host);
        var answer = instance is null ? HealthAnswer.Nothing : cloud.Images.AnswerOf(instance, cloud.Time.GetUtcNow());
        if (instance is not null)
        {
            FunctionRun.Current?.Probed(instance.Id, answer.Status == 200 && answer.Image == instance.Version.Data.InstanceTags.GetValueOrDefault(ImageBehaviours.ImageTag), answer.Failure?.StartsWith("machine:", StringComparison.Ordinal) ?? false);
        }

        if (!answer.Listening)
        {
            // A machine that is up refuses; to one that is not nothing comes back at all.
            if (instance is not { State: InstanceState.Running })
            {
                await CancelledAsync(cancellationToken);
            }

            throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
        }

        var response = new HttpResponseMessage((HttpStatusCode)answer.Status);
        if (answer.Image is { } image)
        {
            response.Headers.TryAddWithoutValidation("X-Charlie-Image", image);
        }

        if (answer.Failure is { } failure)
        {
            response.Headers.TryAddWithoutValidation("X-Charlie-Failure", failure);
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
