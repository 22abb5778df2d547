using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using Charlie.Sandbox;
using Charlie.Simulation.GitLab;
using Charlie.Simulation.Plans;

namespace Charlie.Simulation.Environments;

/// <summary>The network between the function GitLab and the small GitLab, with its faults.</summary>
/// <param name="random">Draws the time of each call, apart from the calls of AWS.</param>
internal sealed class GitLabWire(Cloud cloud, SmallGitLab gitLab, GitLabFaults faults, Random random) : HttpMessageHandler
{
    // Longer than the function waits, shorter than until Lambda runs it again.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(15);

    /// <summary>Called with the run, and whether it had given the call up, after each call that changed something.</summary>
    public event Action<FunctionRun, bool>? Changed;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var run = FunctionRun.Current!;
        var (method, url) = (request.Method, request.RequestUri!);
        var token = request.Headers.TryGetValues("PRIVATE-TOKEN", out var tokens) ? tokens.Single() : null;
        var body = request.Content is { } content
            ? JsonNode.Parse(await content.ReadAsStringAsync(cancellationToken))!.AsObject()
            : [];
        await StopIfOver(run);
        var fault = faults.NextCall(run);
        await Leg();
        await StopIfOver(run);
        switch (fault)
        {
            case GitLabFault.ServerError:
                return Answer(random.Next(500, 504), new JsonObject { ["message"] = "500 Internal Server Error" });
            case GitLabFault.TooMany:
                var busy = Answer(429, new JsonObject { ["message"] = "429 Too Many Requests" });
                busy.Headers.TryAddWithoutValidation("Retry-After", "30");
                return busy;
            case GitLabFault.Unauthorized:
                return Answer(401, new JsonObject { ["error"] = "invalid_token", ["error_description"] = "Token is expired." });
            case GitLabFault.Forbidden:
                return Answer(403, new JsonObject { ["message"] = "403 Forbidden" });
            case GitLabFault.Refused:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
            case GitLabFault.KilledBefore:
                run.Kill(run);
                await StopIfOver(run);
                break;
            case GitLabFault.TimedOutBefore:
                return await NeverAsync(cancellationToken);
            case GitLabFault.LateEffect:
                cloud.Scheduler.After(Late, () => _ = Respond(isLate: true));
                return await NeverAsync(cancellationToken);
        }

        var response = Respond(isLate: false);
        switch (fault)
        {
            case GitLabFault.TimedOutAfter:
                return await NeverAsync(cancellationToken);
            case GitLabFault.LostAfter:
                throw CallPath.Broken();
            case GitLabFault.KilledAfter:
                run.Kill(run);
                break;
        }

        await Leg();
        await StopIfOver(run);
        return response;

        HttpResponseMessage Respond(bool isLate)
        {
            try
            {
                var answer = Call(new GitLabCaller(token, null), method, url, body);
                if (method != HttpMethod.Get)
                {
                    cloud.Timeline.Record(
                        "gitlab", "GitLabChanged", url.AbsolutePath, $"GitLab: {method} {url.AbsolutePath} {body.ToJsonString()}");
                    Changed?.Invoke(run, isLate);
                }

                return Answer(method == HttpMethod.Post ? 201 : 200, answer);
            }
            catch (GitLabException refusal)
            {
                return Answer(refusal.Status, new JsonObject { ["message"] = refusal.Message });
            }
        }
    }

    // /api/v4/projects/4242/deployments/31, .../statuses/SHA, .../repository/commits/SHA/statuses
    private JsonNode Call(GitLabCaller caller, HttpMethod method, Uri url, JsonObject body) =>
        (method.Method, url.AbsolutePath.Split('/')[4..]) switch
        {
            ("PUT", [var project, "deployments", var id]) =>
                new JsonObject { ["status"] = gitLab.Update(caller, project, id, (string)body["status"]!).Status },
            ("GET", [_, "deployments", var id]) => gitLab.Deployments.FirstOrDefault(one => $"{one.Id}" == id) is { } shown
                ? new JsonObject { ["id"] = shown.Id, ["status"] = shown.Status }
                : throw new GitLabException(404, "404 Not found"),
            ("POST", [var project, "statuses", var sha]) => GitLabPart.ShownStatus(gitLab.Set(
                caller,
                project,
                new GitLabStatus(
                    sha,
                    (string)body["state"]!,
                    (string)body["name"]!,
                    (long)body["pipeline_id"]!,
                    (string)body["target_url"]!,
                    (string)body["description"]!))),
            ("GET", [var project, "repository", "commits", var sha, "statuses"]) => HttpUtility.ParseQueryString(url.Query) is var query
                ? new JsonArray(
                [
                    .. gitLab.StatusesOf(
                            caller, project, sha, query["name"]!, long.Parse(query["pipeline_id"]!, CultureInfo.InvariantCulture))
                        .Reverse()
                        .Select(GitLabPart.ShownStatus),
                ])
                : null!,
            _ => throw new GitLabException(404, "404 Not Found"),
        };

    private static HttpResponseMessage Answer(int status, JsonNode body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body.ToJsonString()) };

    /// <summary>Nothing comes, until the caller gives it up.</summary>
    private static Task<HttpResponseMessage> NeverAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return never.Task;
    }

    /// <summary>The code of a run that is over waits for ever: its process is gone.</summary>
    private static Task StopIfOver(FunctionRun run) => run.IsOver ? new TaskCompletionSource().Task : Task.CompletedTask;

    private Task Leg() => Task.Delay(TimeSpan.FromMilliseconds(random.Next(20, 400)), cloud.Time, CancellationToken.None);
}
