using Charlie.Sandbox;
using Charlie.Sandbox.Control;
using Charlie.Sandbox.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Charlie.Simulation.Images;

/// <summary>The control routes <c>/_sandbox/images</c>: what each image does.</summary>
internal sealed class ImageControl(ImageBehaviours images) : ISandboxPart
{
    private Cloud? attached;

    public void Attach(Cloud cloud) => attached = cloud;

    public void MapControl(IEndpointRouteBuilder routes)
    {
        ControlRoutes.Read(routes, "images", _ => images.All.ToDictionary(image => image.Key, image => ImageSetting.Of(image.Value)));
        ControlRoutes.Write<ImageSetting>(routes.MapPut, "images/{digest}", Put);
    }

    public Task StartAsync(SandboxServer server, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ImageSetting Put(HttpRequest request, ImageSetting setting)
    {
        var digest = (string?)request.RouteValues["digest"] ?? string.Empty;
        if (!ImageBehaviours.IsDigest(digest))
        {
            throw new ControlException($"'{digest}' is no digest: it must be sha256: and 64 hexadecimal digits in lower case.");
        }

        lock (attached!.Gate)
        {
            images.Set(digest, setting.Read(images.Usual));
        }

        attached.Timeline.Record("instance", "ImageBehaviourSet", digest, $"image {digest} behaves {setting.Behaviour}");
        return setting;
    }
}
