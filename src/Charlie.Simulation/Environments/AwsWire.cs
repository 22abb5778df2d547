using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Charlie.Sandbox;
using Charlie.Sandbox.Wire;

namespace Charlie.Simulation.Environments;

/// <summary>The network between the functions and AWS in the wire tier: every signed request of the real clients passes.</summary>
internal sealed class AwsWire(Cloud cloud, CallPath path, Random random) : HttpMessageHandler
{
    private readonly RememberedResponses<WireResponse> remembered = new(cloud.Time, random);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var wire = new WireRequest(
            request.RequestUri!.AbsolutePath,
            request.RequestUri.Query.TrimStart('?'),
            request.Headers.NonValidated.TryGetValues("Authorization", out var authorization) ? authorization.ToString() : null,
            null,
            body);
        return Http(await path.SendAsync(new SignedCall(cloud.Endpoint, wire, Encoding.ASCII.GetString(body)), remembered));
    }

    private static HttpResponseMessage Http(WireResponse wireResponse)
    {
        var response = wireResponse.Response ?? throw CallPath.Broken();
        var message = new HttpResponseMessage((HttpStatusCode)response.Status) { Content = new ReadOnlyMemoryContent(response.Body) };
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(response.ContentType);
        message.Headers.TryAddWithoutValidation("x-amzn-RequestId", wireResponse.RequestId);
        return message;
    }

    private sealed class SignedCall(AwsEndpoint endpoint, WireRequest wire, string form) : IPathCall<WireResponse>
    {
        // Credential=KEY/DATE/REGION/SERVICE/aws4_request
        public string Service => wire.Authorization?.Split('/', 5) is [_, _, _, var service, ..] ? service : "";

        public string? ReadKey => form.Contains("Action=Describe", StringComparison.Ordinal) ? form : null;

        public bool ReadsRecords => form.Contains("Action=DescribeLaunchTemplates&", StringComparison.Ordinal);

        public WireResponse Respond() => endpoint.Respond(wire);

        public bool Succeeded(WireResponse response) => response.Response is { Status: 200 };
    }
}
