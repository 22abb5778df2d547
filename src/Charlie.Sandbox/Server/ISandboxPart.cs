using Microsoft.AspNetCore.Routing;

namespace Charlie.Sandbox.Server;

/// <summary>A part of the sandbox that brings services of its own, for example EventBridge and Lambda. Disposed with the server.</summary>
public interface ISandboxPart : IAsyncDisposable
{
    /// <summary>Before the endpoint listens: the place to add APIs, the event bus and who the callers are.</summary>
    void Attach(Cloud cloud);

    /// <summary>Adds control routes; the patterns are relative to <c>/_sandbox</c>.</summary>
    void MapControl(IEndpointRouteBuilder routes);

    /// <summary>Once the endpoint responds.</summary>
    Task StartAsync(SandboxServer server, CancellationToken cancellationToken);
}
