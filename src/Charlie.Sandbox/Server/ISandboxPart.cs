using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Charlie.Sandbox.Server;

/// <summary>A part of the sandbox that brings services of its own, for example EventBridge and Lambda. Disposed with the server.</summary>
public interface ISandboxPart : IAsyncDisposable
{
    /// <summary>Before the endpoint listens: the place to add APIs, the event bus and who the callers are.</summary>
    void Attach(Cloud cloud);

    /// <summary>Adds control routes; the patterns are relative to <c>/_sandbox</c>.</summary>
    void MapControl(IEndpointRouteBuilder routes);

    /// <summary>What a browser is shown at <c>/</c>; <c>null</c> for nothing but AWS's own response.</summary>
    RequestDelegate? Home => null;

    /// <summary>Adds pages for browsers; their paths begin with <c>/_</c>, so that no path of AWS is taken.</summary>
    void MapPages(IEndpointRouteBuilder application)
    {
    }

    /// <summary>Once the endpoint responds.</summary>
    Task StartAsync(SandboxServer server, CancellationToken cancellationToken);
}
