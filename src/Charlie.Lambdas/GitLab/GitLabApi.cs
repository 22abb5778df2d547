using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.GitLab;

/// <summary>GitLab's REST API, version 4: the deployments of a project and the statuses of its commits.</summary>
/// <param name="api">The API's URL, which ends with a slash.</param>
/// <param name="token">A project access token of scope <c>api</c>, role Developer.</param>
internal sealed class GitLabApi(HttpMessageInvoker http, Uri api, ISecret token, TimeProvider time) : IGitLab
{
    private const int MaxShown = 300;

    // Each one after the first sees what another run of the function wrote meanwhile.
    private const int MaxRounds = 4;

    // GitLab says so where the state is the one already.
    private const string IsSoAlready = "cannot transition";

    public async Task TellAsync(PushEnd end)
    {
        var secret = await token.ReadAsync();
        PushState? set = null;
        var posted = new List<ToldEnd>();
        for (var round = 0; round < MaxRounds; round++)
        {
            var (state, status) = PushHistory.Next(end.What, end.Repeats, await ReadAsync(end, posted, secret));
            if (state == set && status is null)
            {
                return;
            }

            string?[] errors =
            [
                state == set ? null : await UpdateAsync(end, state, secret),
                status is null ? null : await PostAsync(end, status, secret),
            ];
            if (Array.TrueForAll(errors, error => error is null))
            {
                (set, posted) = (state, status is null ? posted : [.. posted, status]);
            }
            else
            {
                throw new CallException(string.Join("; ", errors.OfType<string>()));
            }
        }

        throw new CallException($"GitLab's status {end.Name} of pipeline {end.PipelineId} was changed by others meanwhile");
    }

    /// <summary>What the commit's statuses say of the pipeline's pushes. A replica of GitLab's may not have ours yet.</summary>
    private async Task<List<ToldEnd>> ReadAsync(PushEnd end, List<ToldEnd> posted, string secret)
    {
        var path = $"projects/{end.ProjectId}/repository/commits/{end.Commit}/statuses"
            + $"?name={Uri.EscapeDataString(end.Name)}&pipeline_id={end.PipelineId}&all=true&order_by=id&sort=desc&per_page=100";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, path));
        var (body, error) = await CallAsync(request, secret);
        if (error is not null)
        {
            throw new CallException(error);
        }

        try
        {
            var told = (JsonSerializer.Deserialize(body, GitLabJson.Default.ShownStatusArray) ?? throw new JsonException("null"))
                .Where(shown => shown.TargetUrl?.StartsWith(end.PipelineUrl + "#", StringComparison.Ordinal) == true)
                .OrderBy(shown => shown.Id)
                .Select(ToldEnd.Read)
                .OfType<ToldEnd>()
                .ToList();
            return [.. told, .. posted.Except(told)];
        }
        catch (JsonException wrong)
        {
            throw new CallException($"GitLab's statuses of commit {end.Commit} cannot be read: {wrong.Message}", wrong);
        }
    }

    private async Task<string?> UpdateAsync(PushEnd end, PushState state, string secret)
    {
        if (end.DeploymentId is not { } deployment)
        {
            return null;
        }

        var path = $"projects/{end.ProjectId}/deployments/{deployment}";
        if (state == PushState.Canceled)
        {
            // The statuses may not say that it came to an end of its own: they show the last end of its pipeline.
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, path));
            var (body, error) = await CallAsync(request, secret);
            if (error is not null || IsEnded(body))
            {
                return error;
            }
        }

        return await WriteAsync(
            HttpMethod.Put, path, new DeploymentUpdate(ToldEnd.Word(state)), GitLabJson.Default.DeploymentUpdate, secret);
    }

    private static bool IsEnded(byte[] deployment)
    {
        try
        {
            return JsonSerializer.Deserialize(deployment, GitLabJson.Default.DeploymentUpdate)?.Status is "success" or "failed";
        }
        catch (JsonException wrong)
        {
            throw new CallException($"A deployment of GitLab's cannot be read: {wrong.Message}", wrong);
        }
    }

    private Task<string?> PostAsync(PushEnd end, ToldEnd status, string secret) => WriteAsync(
        HttpMethod.Post,
        $"projects/{end.ProjectId}/statuses/{end.Commit}",
        new CommitStatus(ToldEnd.Word(status.State), end.Name, end.PipelineId, status.Url(end.PipelineUrl), status.Description),
        GitLabJson.Default.CommitStatus,
        secret);

    private async Task<string?> WriteAsync<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type, string secret)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(method, new Uri(api, path)) { Content = content };
        return (await CallAsync(request, secret)).Error;
    }

    /// <returns>What came back, and what was wrong; <c>null</c> where it was done.</returns>
    private async Task<(byte[] Body, string? Error)> CallAsync(HttpRequestMessage request, string secret)
    {
        request.Headers.Add("PRIVATE-TOKEN", secret);
        var name = $"GitLab's {request.Method} {api.MakeRelativeUri(request.RequestUri!)}";
        using var timeout = new CancellationTokenSource(ClientLimits.CallTimeout, time);
        try
        {
            using var response = await http.SendAsync(request, timeout.Token);
            if (response.IsSuccessStatusCode)
            {
                return (await response.Content.ReadAsByteArrayAsync(timeout.Token), null);
            }

            var refusal = await response.Content.ReadAsStringAsync(timeout.Token);
            return response.StatusCode == HttpStatusCode.BadRequest && refusal.Contains(IsSoAlready, StringComparison.OrdinalIgnoreCase)
                ? ([], null)
                : ([], $"{name} was answered with {(int)response.StatusCode}: {SingleLineText.Of(refusal, MaxShown)}");
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return ([], $"{name} had no response: {error.Message}");
        }
    }
}
