using System.Collections.Concurrent;
using System.Text;
using Amazon.AutoScaling;
using Amazon.Runtime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Charlie.Standins.Tests.AutoScaling;

internal sealed record SeenRequest(IReadOnlyDictionary<string, string> Parameters, string Authorization, string ContentType, string Path)
{
    public string Action => Parameters["Action"];
}

/// <summary>Keeps every request and responds with what the test put in line, the last response again and again.</summary>
internal sealed class RecordingAws : IAsyncDisposable
{
    private readonly ConcurrentQueue<(int Status, string Body)> _responses = new();
    private readonly ConcurrentQueue<SeenRequest> _seen = new();
    private Loopback _server = null!;

    public Uri Url => _server.Url;

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    public static async Task<RecordingAws> StartAsync()
    {
        var aws = new RecordingAws();
        aws._server = await Loopback.StartAsync(aws.RespondAsync);
        return aws;
    }

    public RecordingAws Then(int status, string body)
    {
        _responses.Enqueue((status, body));
        return this;
    }

    /// <summary>One of AWS's example responses, by the name of its file.</summary>
    public RecordingAws ThenExample(string name) => Then(200, Example(name));

    public AmazonAutoScalingClient Client() => new(
        new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
        new AmazonAutoScalingConfig { ServiceURL = Url.ToString(), AuthenticationRegion = "eu-west-1" });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static string Example(string name)
    {
        using var stream = typeof(RecordingAws).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static string Error(string code, string message, string type = "Sender") =>
        $"""
        <ErrorResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">
          <Error><Type>{type}</Type><Code>{code}</Code><Message>{message}</Message></Error>
          <RequestId>7c6e177f-f082-11e1-ac58-3714bEXAMPLE</RequestId>
        </ErrorResponse>
        """;

    private async Task RespondAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var form = QueryHelpers.ParseQuery(await reader.ReadToEndAsync());
        _seen.Enqueue(new SeenRequest(
            form.ToDictionary(field => field.Key, field => field.Value.ToString()),
            http.Request.Headers.Authorization.ToString(),
            http.Request.ContentType ?? "",
            http.Request.Path));
        var (status, body) = _responses.Count > 1 && _responses.TryDequeue(out var response) ? response
            : _responses.TryPeek(out response) ? response
            : (200, $"<{form["Action"]}Response/>");
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/xml";
        await http.Response.WriteAsync(body);
    }
}
