using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The four calls of https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</summary>
internal sealed class RuntimeApi(HttpClient http, string endpoint)
{
    private const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    private readonly string _runtime = $"http://{endpoint ?? FunctionEnvironment.RuntimeApi}/2018-06-01/runtime/";

    public async Task<NextInvocation> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(_runtime + "invocation/next"), cancellationToken);
        await EnsureAcceptedAsync(response);
        var body = new MemoryStream(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return NextInvocation.From(body, response.Headers);
    }

    public async Task RespondAsync(string requestId, Stream output, CancellationToken cancellationToken)
    {
        using HttpContent content = output is null ? new ByteArrayContent([]) : new StreamContent(output);
        content.Headers.ContentType = Json;
        await PostAsync($"invocation/{requestId}/response", content, null, cancellationToken);
    }

    public Task ReportInvocationErrorAsync(string requestId, Exception exception) =>
        ReportAsync($"invocation/{requestId}/error", exception);

    public Task ReportInitErrorAsync(Exception exception) => ReportAsync("init/error", exception);

    private async Task ReportAsync(string path, Exception exception)
    {
        using var content = new ByteArrayContent(FunctionError.ToJson(exception));
        content.Headers.ContentType = ErrorJson;
        await PostAsync(path, content, FunctionError.TypeOf(exception), CancellationToken.None);
    }

    private async Task PostAsync(string path, HttpContent content, string errorType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_runtime + path)) { Content = content };
        if (errorType is not null)
        {
            request.Headers.TryAddWithoutValidation(ErrorTypeHeader, errorType);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        await EnsureAcceptedAsync(response);
    }

    private static async Task EnsureAcceptedAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"The Lambda Runtime API returned {(int)response.StatusCode} to {response.RequestMessage?.Method} "
                + $"{response.RequestMessage?.RequestUri}: {await response.Content.ReadAsStringAsync()}",
                null,
                response.StatusCode);
        }
    }
}
