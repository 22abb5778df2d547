using System.Security.Cryptography;
using System.Xml.Linq;
using Charlie.Sandbox.S3;
using Charlie.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace Charlie.Sandbox.Server;

/// <summary>
/// S3 as far as one file is put, looked at, read and deleted, and a bucket is listed, with the bucket in the path:
/// <c>aws s3 cp</c>, <c>aws s3 rm --recursive</c>.
/// </summary>
internal static class ObjectRoutes
{
    // The sandbox's most of any request's body.
    private const int LargestObject = 2 * 1024 * 1024;

    /// <summary>Whether a request is one of those; all else of S3 is refused by its name.</summary>
    public static bool Takes(HttpRequest request) =>
        request.Headers.Authorization.ToString().Contains("/s3/aws4_request", StringComparison.Ordinal)
        && (IsList(request)
            || (request.Method is "PUT" or "HEAD" or "GET" or "DELETE"
                && Parts(request) is { Key.Length: > 0 }
                && request.Query.Count == 0));

    public static async Task RespondAsync(HttpContext context, Cloud cloud)
    {
        var (bucket, key) = Parts(context.Request);
        if (IsList(context.Request))
        {
            await ListAsync(context, cloud, bucket);
            return;
        }

        using var sent = new MemoryStream();
        if (context.Request.Method == "PUT" && context.Request.ContentLength is not <= LargestObject)
        {
            await FailAsync(context, 400, "EntityTooLarge", "The sandbox takes objects of 2 MiB at most, with their length.");
            return;
        }

        await context.Request.Body.CopyToAsync(sent, context.RequestAborted);
        ReadOnlyMemory<byte>? found;
        lock (cloud.Gate)
        {
            if (context.Request.Method == "PUT" && !cloud.Objects.Put(bucket, key, sent.ToArray()))
            {
                found = null;
            }
            else
            {
                found = cloud.Objects.Get(bucket, key);
            }

            if (context.Request.Method == "DELETE")
            {
                cloud.Objects.Remove(bucket, key);
            }
        }

        if (context.Request.Method == "DELETE")
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else if (found is { } content)
        {
            // As S3's of an object with a key of KMS: no digest of the content that a client may count on.
            context.Response.Headers.ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content.Span))[..32]}\"";
            if (context.Request.Method != "PUT")
            {
                context.Response.ContentLength = content.Length;
            }

            if (context.Request.Method == "GET")
            {
                await context.Response.BodyWriter.WriteAsync(content, context.RequestAborted);
            }
        }
        else
        {
            var isPut = context.Request.Method == "PUT";
            await FailAsync(
                context,
                StatusCodes.Status404NotFound,
                isPut ? "NoSuchBucket" : "NoSuchKey",
                isPut ? "The specified bucket does not exist" : "The specified key does not exist.");
        }
    }

    private static bool IsList(HttpRequest request) =>
        request.Method == "GET" && Parts(request) is { Bucket.Length: > 0, Key.Length: 0 } && request.Query["list-type"] == "2";

    private static async Task ListAsync(HttpContext context, Cloud cloud, string bucket)
    {
        var prefix = (string?)context.Request.Query["prefix"] ?? "";
        List<(string Key, int Size)>? objects;
        lock (cloud.Gate)
        {
            objects = cloud.Objects.List(bucket)?.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        }

        if (objects is null)
        {
            await FailAsync(context, StatusCodes.Status404NotFound, "NoSuchBucket", "The specified bucket does not exist");
            return;
        }

        var list = new XElement(
            "ListBucketResult",
            new XElement("Name", bucket),
            new XElement("Prefix", prefix),
            new XElement("KeyCount", objects.Count),
            new XElement("MaxKeys", 1000),
            new XElement("IsTruncated", false),
            objects.Select(one => new XElement(
                "Contents",
                new XElement("Key", one.Key),
                new XElement("LastModified", AwsTime.Precise(cloud.Time.GetUtcNow())),
                new XElement("Size", one.Size),
                new XElement("StorageClass", "STANDARD"))));
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync(list.ToString(), context.RequestAborted);
    }

    private static async Task FailAsync(HttpContext context, int status, string code, string message)
    {
        var response = WireErrors.Respond(AwsProtocol.S3, "s3", "", new AwsException(code, message, status)).Write();
        context.Response.StatusCode = status;
        context.Response.ContentType = response.ContentType;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(response.Body, context.RequestAborted);
        }
    }

    private static (string Bucket, string Key) Parts(HttpRequest request)
    {
        var path = (request.Path.Value ?? "/").TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..]);
    }
}
