using Amazon.Runtime;
using Charlie.Cli.Web.Actions;
using Charlie.Cli.Web.Documents;
using Charlie.Operations;
using Charlie.Operations.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Charlie.Cli.Web.Serving;

/// <summary>The page, its files, its events and its actions, below <c>/_console</c>; the page itself is also what <c>/</c> shows.</summary>
internal sealed class ConsoleRoutes(ConsoleFeed feed, ConsoleGuard guard, TimeProvider time)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const int MaxBody = 16 * 1024;

    public void Map(IEndpointRouteBuilder application)
    {
        var routes = application.MapGroup("/_console");
        routes.MapGet("events", Guarded(new EventStream(feed, guard).RunAsync));
        routes.MapGet("{file}", Guarded(context => SendAsync(context, (string?)context.Request.RouteValues["file"] ?? "")));
        routes.MapPost("plans/{action}", Guarded(PlanAsync));
        routes.MapPost("actions/{action}", Guarded(RunAsync));
    }

    /// <summary>The page.</summary>
    public async Task HomeAsync(HttpContext context)
    {
        if (guard.TakesKey(context))
        {
            AddHeaders(context.Response);
            context.Response.Redirect("/");
            return;
        }

        await Guarded(inner => SendAsync(inner, PageFiles.Index))(context);
    }

    private RequestDelegate Guarded(RequestDelegate inner) => async context =>
    {
        AddHeaders(context.Response);
        if (guard.Refusal(context.Request) is not { } refusal)
        {
            await inner(context);
            return;
        }

        context.Response.StatusCode = refusal;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(refusal switch
        {
            StatusCodes.Status401Unauthorized => "Open the address that charlie console printed: it has the key.\n",
            StatusCodes.Status421MisdirectedRequest => "This page is for 127.0.0.1 and localhost only.\n",
            _ => $"A request needs the header {ConsoleGuard.Header}.\n",
        });
    };

    private static void AddHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    private static async Task SendAsync(HttpContext context, string name)
    {
        if (PageFiles.Find(name) is not { } file)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Bytes.Length;
        await context.Response.BodyWriter.WriteAsync(file.Bytes, context.RequestAborted);
    }

    private Task PlanAsync(HttpContext context) => AnswerAsync(context, (runner, name, reason) => runner.PlanAsync(name, reason));

    private Task RunAsync(HttpContext context) => AnswerAsync(context, (runner, name, reason) => feed.IsActing
        ? runner.RunAsync(name, reason, context.RequestAborted)
        : throw new OperationException("This page is read-only: start charlie console with --allow-actions."));

    private async Task AnswerAsync(HttpContext context, Func<ActionRunner, string, string?, Task<ActionAnswer>> answer)
    {
        var (status, text) = await TryAsync(context, answer);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private async Task<(int Status, string Text)> TryAsync(
        HttpContext context, Func<ActionRunner, string, string?, Task<ActionAnswer>> answer)
    {
        try
        {
            if (feed.Source is not { } source)
            {
                return Wrong(StatusCodes.Status503ServiceUnavailable, "The app was not found yet.");
            }

            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxBody;
            var wish = await PageJson.ReadAsync<ActionWish>(context.Request.Body, context.RequestAborted);
            var name = (string?)context.Request.RouteValues["action"] ?? "";
            return wish is null
                ? Wrong(StatusCodes.Status400BadRequest, "The body must be a JSON object with a reason or without one.")
                : (StatusCodes.Status200OK, PageJson.Write(await answer(new ActionRunner(source, time), name, wish.Reason)));
        }
        catch (BadHttpRequestException error)
        {
            return Wrong(error.StatusCode, error.Message);
        }
        catch (OperationException error)
        {
            return Wrong(StatusCodes.Status409Conflict, error.Message);
        }
        catch (Exception error) when (error is AwsCallException or AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return Wrong(StatusCodes.Status502BadGateway, $"AWS: {error.Message}");
        }
    }

    private static (int Status, string Text) Wrong(int status, string error) => (status, PageJson.Write(new { error }));

    private sealed record ActionWish(string? Reason = null);
}
