using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Charlie.Sandbox.Wire;

/// <summary>Carries API calls between HTTP and the endpoint.</summary>
internal sealed class HttpAdapter(AwsEndpoint endpoint)
{
    /// <summary>More than any request that AWS takes here; PutEvents takes 256 KB.</summary>
    private const int LargestBody = 2 * 1024 * 1024;

    public async Task RespondAsync(HttpContext context)
    {
        var body = await ReadAsync(context.Request);
        var wireResponse = endpoint.Respond(new WireRequest(
            context.Request.Path.Value ?? "/",
            context.Request.QueryString.Value?.TrimStart('?') ?? string.Empty,
            (string?)context.Request.Headers.Authorization,
            (string?)context.Request.Headers["X-Amz-Target"],
            body,
            context.Request.Method));
        if (wireResponse.Response is not { } response)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = response.Status;
        context.Response.ContentType = response.ContentType;
        context.Response.ContentLength = response.Body.Length;
        context.Response.Headers["x-amzn-RequestId"] = wireResponse.RequestId;
        if (response.ContentType == WireErrors.Cbor)
        {
            context.Response.Headers["smithy-protocol"] = "rpc-v2-cbor";
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(response.Body, context.RequestAborted);
        }
    }

    /// <summary>The body, or <c>null</c> for one that is too large.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > LargestBody)
        {
            return null;
        }

        var read = new ArrayBufferWriter<byte>();
        while (true)
        {
            var part = await request.Body.ReadAsync(read.GetMemory(16 * 1024), request.HttpContext.RequestAborted);
            read.Advance(part);
            if (part == 0 || read.WrittenCount > LargestBody)
            {
                return read.WrittenCount > LargestBody ? null : read.WrittenMemory;
            }
        }
    }
}
