using Amazon.Runtime;
using Charlie.Cli.Web.Reading;
using Charlie.Operations.Access;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Server;
using Charlie.Simulation.Production;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Charlie.Cli.Web.Serving;

/// <summary>The page on an embedded AWS of this process: it needs no key, as the embedded AWS needs none.</summary>
internal sealed class ConsolePart : ISandboxPart
{
    // By it the timeline tells what the page asked for from what an operator typed.
    private const string AccessKey = "AKIACONSOLE";

    private readonly ConsoleFeed feed;
    private readonly ConsoleRoutes routes;
    private Uri? endpoint;

    /// <param name="takesAnyImage">See <see cref="ConsoleApp.TakesAnyImage"/>.</param>
    public ConsolePart(bool takesAnyImage, TimeProvider time)
    {
        feed = new ConsoleFeed(new FeedOptions(OpenAsync, FeedOptions.IntervalOf(isEmbedded: true), IsActing: true), time);
        routes = new ConsoleRoutes(feed, new ConsoleGuard(key: null), time);

        async Task<IConsoleSource> OpenAsync(CancellationToken cancellation) => await AwsConsoleSource.OpenAsync(
            new AwsAccess(new BasicAWSCredentials(AccessKey, "not-a-secret"), Account.Region, endpoint),
            ProductionGroup.Name,
            takesAnyImage,
            time,
            cancellation);
    }

    public RequestDelegate? Home => routes.HomeAsync;

    public void Attach(Cloud cloud)
    {
    }

    public void MapControl(IEndpointRouteBuilder routes)
    {
    }

    public void MapPages(IEndpointRouteBuilder application) => routes.Map(application);

    public Task StartAsync(SandboxServer server, CancellationToken cancellationToken)
    {
        endpoint = server.Endpoint;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => feed.DisposeAsync();
}
