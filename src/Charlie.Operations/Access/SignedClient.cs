using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Charlie.Lambdas.Aws.Wire;

namespace Charlie.Operations.Access;

/// <summary>
/// A client of the services whose packages not every registry serves: AWS's JSON and Query protocols, signed with the
/// SDK's own signature.
/// </summary>
internal sealed class SignedClient(AwsAccess access, TimeProvider time, HttpMessageHandler? handler = null) : IDisposable
{
    private const int MaxAttempts = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(handler ?? new SocketsHttpHandler()) { Timeout = Timeout };

    /// <summary>A call of a JSON service.</summary>
    /// <param name="service">The service as it is signed: <c>events</c>.</param>
    /// <param name="prefix">The target's prefix: <c>AWSEvents</c>.</param>
    /// <param name="action">The operation's name.</param>
    /// <exception cref="AwsCallException">AWS refused it, or did not respond.</exception>
    public async Task<JsonObject> JsonAsync(
        string service, string prefix, string action, JsonObject arguments, CancellationToken cancellation)
    {
        var type = service == "sqs" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
        var (status, body) = await CallAsync(
            service, action, type, Encoding.UTF8.GetBytes(arguments.ToJsonString()), $"{prefix}.{action}", cancellation);
        var document = ReadJson(body);
        return status == HttpStatusCode.OK
            ? document ?? []
            : throw Refused(
                service,
                action,
                ((string?)document?["__type"])?.Split('#')[^1],
                (string?)document?["message"] ?? (string?)document?["Message"],
                status);
    }

    /// <summary>A call of a Query service; the response's root element.</summary>
    /// <exception cref="AwsCallException">AWS refused it, or did not respond.</exception>
    public async Task<XElement> QueryAsync(
        string service, string version, string action, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellation)
    {
        var form = new Dictionary<string, string>(arguments) { ["Action"] = action, ["Version"] = version };
        var (status, body) = await CallAsync(
            service,
            action,
            "application/x-www-form-urlencoded",
            Encoding.UTF8.GetBytes(string.Join('&', form.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"))),
            null,
            cancellation);
        var document = ReadXml(body);
        return status == HttpStatusCode.OK && document is not null
            ? document
            : throw Refused(service, action, Find(document, "Code"), Find(document, "Message"), status);
    }

    public void Dispose() => http.Dispose();

    private async Task<(HttpStatusCode Status, byte[] Body)> CallAsync(
        string service, string action, string type, byte[] body, string? target, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = await SignAsync(service, type, body, target);
                using var response = await http.SendAsync(request, cancellation);
                var read = await response.Content.ReadAsByteArrayAsync(cancellation);

                // Only what was not done: a request that is put twice is answered twice.
                if (!IsThrottled(response.StatusCode, read) || attempt == MaxAttempts)
                {
                    return (response.StatusCode, read);
                }
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                throw new AwsCallException(NameOf(service, action), null, $"{EndpointOf(service).Host} does not respond ({error.Message})");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), time, cancellation);
        }
    }

    private Task<HttpRequestMessage> SignAsync(string service, string type, byte[] body, string? target) =>
        SignedPost.CreateAsync(access.Credentials, RegionOf(service), service, EndpointOf(service), type, body, target, time);

    private Uri EndpointOf(string service) => access.Endpoint ?? new Uri(service == "iam" && !IsInChina
        ? $"https://iam{(IsInGovernment ? ".us-gov" : "")}.amazonaws.com/"
        : $"https://{service}.{RegionOf(service)}.amazonaws.com{(IsInChina ? ".cn" : "")}/");

    // IAM is one service for all regions of a partition, and is signed for one of them.
    private string RegionOf(string service) =>
        service != "iam" ? access.Region
        : IsInChina ? "cn-north-1"
        : IsInGovernment ? "us-gov-west-1"
        : "us-east-1";

    private bool IsInGovernment => access.Region.StartsWith("us-gov-", StringComparison.Ordinal);

    private bool IsInChina => access.Region.StartsWith("cn-", StringComparison.Ordinal);

    private static string NameOf(string service, string action) => $"{(service == "monitoring" ? "cloudwatch" : service)}:{action}";

    private static bool IsThrottled(HttpStatusCode status, byte[] body) =>
        status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests
        || (status == HttpStatusCode.BadRequest && body.AsSpan().IndexOf("Throttling"u8) >= 0);

    private static AwsCallException Refused(string service, string action, string? code, string? message, HttpStatusCode status) =>
        new(
            NameOf(service, action),
            code ?? $"{(int)status}",
            (code ?? $"HTTP {(int)status}") + (string.IsNullOrEmpty(message) ? "" : $": {message}"));

    private static string? Find(XElement? document, string name) =>
        document?.DescendantsAndSelf().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private static JsonObject? ReadJson(byte[] body)
    {
        try
        {
            return body.Length == 0 ? [] : JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static XElement? ReadXml(byte[] body)
    {
        try
        {
            using var stream = new MemoryStream(body);
            return XElement.Load(stream);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
