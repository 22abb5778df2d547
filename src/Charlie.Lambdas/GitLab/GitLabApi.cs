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

    // GitLab says so where the state is the one already.
    private const string IsSoAlready = "cannot transition";

    public async Task TellAsync(PushEnd end)
    {
        var secret = await token.ReadAsync();
        var state = Word(end.State);
        var errors = new List<string>();
        if (end.DeploymentId is { } deployment)
        {
            await TryAsync(
                HttpMethod.Put,
                $"projects/{end.ProjectId}/deployments/{deployment}",
                new DeploymentUpdate(state),
                GitLabJson.Default.DeploymentUpdate);
        }

        await TryAsync(
            HttpMethod.Post,
            $"projects/{end.ProjectId}/statuses/{end.Commit}",
            new CommitStatus(state, end.Name, end.PipelineId, end.PipelineUrl, end.Description),
            GitLabJson.Default.CommitStatus);
        if (errors.Count > 0)
        {
            throw new CallException(string.Join("; ", errors));
        }

        async Task TryAsync<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type)
        {
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var request = new HttpRequestMessage(method, new Uri(api, path)) { Content = content };
            request.Headers.Add("PRIVATE-TOKEN", secret);
            if (await CallAsync(request) is { } error)
            {
                errors.Add($"GitLab's {method} {path} {error}");
            }
        }
    }

    private static string Word(PushState state) => state switch
    {
        PushState.Success => "success",
        PushState.Failed => "failed",
        _ => "canceled",
    };

    /// <returns>What was wrong; <c>null</c> where it was done.</returns>
    private async Task<string?> CallAsync(HttpRequestMessage request)
    {
        using var timeout = new CancellationTokenSource(ClientLimits.CallTimeout, time);
        try
        {
            using var response = await http.SendAsync(request, timeout.Token);
            if (response.IsSuccessStatusCode)
            {
                return null;
            }

            var refusal = await response.Content.ReadAsStringAsync(timeout.Token);
            return response.StatusCode == HttpStatusCode.BadRequest && refusal.Contains(IsSoAlready, StringComparison.OrdinalIgnoreCase)
                ? null
                : $"was answered with {(int)response.StatusCode}: {SingleLineText.Of(refusal, MaxShown)}";
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return $"had no response: {error.Message}";
        }
    }
}
