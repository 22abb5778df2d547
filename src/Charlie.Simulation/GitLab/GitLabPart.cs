using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox;
using Charlie.Sandbox.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Charlie.Simulation.GitLab;

/// <summary>The small GitLab's API under <c>/_sandbox/gitlab/api/v4</c>, with GitLab's paths, headers and answers.</summary>
internal sealed class GitLabPart(SmallGitLab gitLab) : ISandboxPart
{
    public const string Path = "/_sandbox/gitlab/api/v4/";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private Cloud? attached;

    public void Attach(Cloud cloud) => attached = cloud;

    public void MapControl(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("gitlab/api/v4/projects/{project}");
        api.MapPost("deployments", context => AnswerAsync(context, StatusCodes.Status201Created, (fields, project) =>
            gitLab.Create(
                CallerOf(context),
                project,
                new GitLabDeployment(0, fields("environment"), fields("sha"), fields("ref"), fields("status")))));
        api.MapPut("deployments/{id}", context => AnswerAsync(context, StatusCodes.Status200OK, (fields, project) =>
            gitLab.Update(CallerOf(context), project, Route(context, "id"), fields("status"))));
        api.MapGet("deployments", context => AnswerAsync(context, StatusCodes.Status200OK, (_, _) => gitLab.Deployments));
        api.MapGet("deployments/{id}", context => AnswerAsync(context, StatusCodes.Status200OK, (_, _) =>
            gitLab.Deployments.FirstOrDefault(one => $"{one.Id}" == Route(context, "id"))
                ?? throw new GitLabException(404, "404 Not found")));
        api.MapPost("statuses/{sha}", context => AnswerAsync(context, StatusCodes.Status201Created, (fields, project) =>
            gitLab.Set(
                CallerOf(context),
                project,
                new GitLabStatus(
                    Route(context, "sha"),
                    fields("state"),
                    fields("name") is { Length: > 0 } name ? name : "default",
                    long.TryParse(fields("pipeline_id"), out var pipeline) ? pipeline : 0,
                    fields("target_url"),
                    fields("description")))));
        api.MapGet("repository/commits/{sha}/statuses", context => AnswerAsync(context, StatusCodes.Status200OK, (_, project) =>
            gitLab.StatusesOf(
                CallerOf(context),
                project,
                Route(context, "sha"),
                (string?)context.Request.Query["name"] ?? "",
                long.TryParse(context.Request.Query["pipeline_id"], out var pipeline) ? pipeline : 0)
            .Select(ShownStatus)));
    }

    /// <summary>A status as GitLab shows it.</summary>
    public static JsonObject ShownStatus(GitLabStatus status) => new()
    {
        ["id"] = status.Id,
        ["sha"] = status.Sha,
        ["status"] = status.State,
        ["name"] = status.Name,
        ["pipeline_id"] = status.PipelineId,
        ["target_url"] = status.TargetUrl,
        ["description"] = status.Description,
    };

    public Task StartAsync(SandboxServer server, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext context, int status, Func<Func<string, string>, string, object> answer)
    {
        object body;
        try
        {
            body = answer(await FieldsAsync(context.Request), Route(context, "project"));
            if (context.Request.Method != HttpMethods.Get)
            {
                attached!.Timeline.Record("gitlab", "GitLabChanged", context.Request.Method, $"GitLab: {body}");
            }
        }
        catch (GitLabException error)
        {
            (status, body) = (error.Status, new JsonObject { ["message"] = error.Message });
        }

        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(body, Json, context.RequestAborted);
    }

    // GitLab takes a form and JSON alike.
    private static async Task<Func<string, string>> FieldsAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            return name => (string?)form[name] ?? "";
        }

        if (request.ContentLength is not > 0)
        {
            return _ => "";
        }

        try
        {
            var fields = await JsonSerializer.DeserializeAsync<JsonObject>(request.Body);
            return name => fields?[name]?.ToString() ?? "";
        }
        catch (JsonException)
        {
            throw new GitLabException(StatusCodes.Status400BadRequest, "The body is no JSON object");
        }
    }

    private static GitLabCaller CallerOf(HttpContext context) =>
        new(context.Request.Headers["PRIVATE-TOKEN"], context.Request.Headers["JOB-TOKEN"]);

    private static string Route(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";
}
