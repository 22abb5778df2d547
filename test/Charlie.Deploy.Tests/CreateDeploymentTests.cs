using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Charlie.Deploy.Tests;

/// <summary>The deployment that the deploy job creates in GitLab for Charlie to end, on a GitLab of one answer.</summary>
public sealed class CreateDeploymentTests : IDisposable
{
    private const string Token = "job-token-not-a-secret";

    private readonly DeployJob job = new();
    private HttpListener gitLab = new();

    public void Dispose()
    {
        gitLab.Close();
        job.Dispose();
    }

    [Fact]
    public async Task Its_id_is_in_the_event()
    {
        var (ran, request) = await RunAsync(201, """{"id":31,"iid":2,"status":"running"}""");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Equal(
            "POST /api/v4/projects/4242/deployments job-token-not-a-secret environment=production"
            + "&sha=1f3c9a2e5b7d4c8f9e0a1b2c3d4e5f60718293a4&ref=main&tag=false&status=running",
            request);
        Assert.Equal(31, (int)Detail()["deploymentId"]!);
        Assert.DoesNotContain(Token, ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, """{"message":"403 Forbidden"}""", "HTTP 403: {\"message\":\"403 Forbidden\"}")]
    [InlineData(500, "<html>", "HTTP 500: <html>")]
    [InlineData(201, "<html>", "Expecting value")]
    [InlineData(201, """{"id":"31"}""", "its id is '31'")]
    [InlineData(201, "{}", "id")]
    public async Task A_GitLab_that_does_not_create_it_is_said_and_the_release_is_deployed(int status, string response, string reason)
    {
        var (ran, _) = await RunAsync(status, response);

        Assert.Equal(0, ran.ExitCode);
        Assert.StartsWith("put_image_pushed: GitLab did not create the deployment (", ran.Error, StringComparison.Ordinal);
        Assert.Contains(reason, ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, ran.Error, StringComparison.Ordinal);
        Assert.Null(Detail()["deploymentId"]);
    }

    [Fact]
    public async Task A_GitLab_that_is_away_is_said_and_the_release_is_deployed()
    {
        var ran = await job.PutAsync(Environment("http://127.0.0.1:9"));
        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("GitLab did not create the deployment (", ran.Error, StringComparison.Ordinal);
        Assert.Null(Detail()["deploymentId"]);
    }

    [Fact]
    public async Task A_job_that_is_the_deployment_creates_none()
    {
        var environment = Environment("http://127.0.0.1:9");
        environment["CHARLIE_DEPLOYMENT"] = "job";
        var ran = await job.PutAsync(environment);
        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Null(Detail()["deploymentId"]);
    }

    private static Dictionary<string, string> Environment(string gitLab) => new(DeployJob.Environment())
    {
        ["CHARLIE_DEPLOYMENT"] = "charlie",
        ["CI_API_V4_URL"] = $"{gitLab}/api/v4",
        ["CI_ENVIRONMENT_NAME"] = "production",
        ["CI_JOB_TOKEN"] = Token,
    };

    private JsonNode Detail() => JsonNode.Parse((string)job.Argument("--entries")[0]!["Detail"]!)!;

    private async Task<(Ran Ran, string Request)> RunAsync(int status, string response)
    {
        var url = Listen();
        var answered = AnswerAsync(status, response);
        var ran = await job.PutAsync(Environment(url));
        return (ran, await answered);
    }

    // HttpListener cannot choose a free port by itself.
    private string Listen()
    {
        for (var port = 20_000; ; port++)
        {
            var url = $"http://127.0.0.1:{port}";
            // One that could not start is of no use any more.
            gitLab = new HttpListener { Prefixes = { url + "/" } };
            try
            {
                gitLab.Start();
                return url;
            }
            catch (HttpListenerException) when (port < 20_999)
            {
                // Somebody else's: the next one.
            }
        }
    }

    private async Task<string> AnswerAsync(int status, string response)
    {
        var context = await gitLab.GetContextAsync();
        using var reader = new StreamReader(context.Request.InputStream);
        var request = $"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath} {context.Request.Headers["JOB-TOKEN"]} "
            + await reader.ReadToEndAsync();
        context.Response.StatusCode = status;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(response));
        context.Response.Close();
        return request;
    }
}
