using System.Globalization;
using System.Net;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Charlie.Sandbox.Instances.Machines;

/// <summary>
/// The metadata service of one instance, in version 2 only: a token by PUT, then GETs with it. On AWS it is at
/// 169.254.169.254; here on the instance's own address.
/// </summary>
internal sealed class MetadataService : IAsyncDisposable
{
    private const string TokenHeader = "X-aws-ec2-metadata-token";
    private const string TtlHeader = "X-aws-ec2-metadata-token-ttl-seconds";
    private const string Role = "charlie-instance";
    private const int MaxTtl = 21600;

    // Signed requests are not checked here, so all that matters of a key is whose it is.
    private const string SecretKey = "not-a-secret";

    private readonly Cloud cloud;
    private readonly Ec2Instance instance;
    private readonly string token;
    private readonly WebApplication application;

    private MetadataService(Cloud cloud, Ec2Instance instance, string address)
    {
        (this.cloud, this.instance) = (cloud, instance);
        lock (cloud.Gate)
        {
            token = Convert.ToBase64String(Guid.Parse(cloud.Ids.Uuid()).ToByteArray()).Replace('+', '-').Replace('/', '_');
        }

        application = LoopbackHost.Build(IPAddress.Parse(address), 0);
        application.Run(RespondAsync);
    }

    public Uri Endpoint { get; private set; } = new("http://127.0.0.1");

    /// <summary>The access key that an instance's role signs with.</summary>
    public static string AccessKeyOf(string instanceId) => $"ASIA{instanceId[^16..].ToUpperInvariant()}";

    public static async Task<MetadataService> StartAsync(Cloud cloud, Ec2Instance instance, string address)
    {
        var service = new MetadataService(cloud, instance, address);
        service.Endpoint = await LoopbackHost.StartAsync(service.application, 0, CancellationToken.None);
        return service;
    }

    public async ValueTask DisposeAsync() => await LoopbackHost.EndAsync(application);

    private Task RespondAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path == "/latest/api/token")
        {
            return TokenAsync(context);
        }

        if (context.Request.Method != HttpMethods.Get)
        {
            return SayAsync(context, StatusCodes.Status405MethodNotAllowed, "");
        }

        if (context.Request.Headers[TokenHeader] != token)
        {
            return SayAsync(context, StatusCodes.Status401Unauthorized, "");
        }

        string? text;
        lock (cloud.Gate)
        {
            text = path.StartsWith("/latest/meta-data/", StringComparison.Ordinal) ? Read(path["/latest/meta-data/".Length..]) : null;
        }

        return text is null ? SayAsync(context, StatusCodes.Status404NotFound, "") : SayAsync(context, StatusCodes.Status200OK, text);
    }

    private Task TokenAsync(HttpContext context) =>
        context.Request.Method != HttpMethods.Put ? SayAsync(context, StatusCodes.Status405MethodNotAllowed, "")
        : int.TryParse(context.Request.Headers[TtlHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 1 and <= MaxTtl
            ? SayAsync(context, StatusCodes.Status200OK, token)
            : SayAsync(context, StatusCodes.Status400BadRequest, "");

    private string? Read(string item)
    {
        const string tag = "tags/instance/";
        if (item.StartsWith(tag, StringComparison.Ordinal))
        {
            return instance.Version.Data.TagsInMetadata ? instance.Tags[item[tag.Length..]] : null;
        }

        return item switch
        {
            "instance-id" => instance.Id,
            "ami-id" => instance.Version.Data.ImageId,
            "local-ipv4" => instance.PrivateIpAddress,
            "placement/region" => instance.AvailabilityZone[..^1],
            "placement/availability-zone" => instance.AvailabilityZone,
            "tags/instance" or "tags/instance/" when instance.Version.Data.TagsInMetadata => string.Join('\n', instance.Tags.All.Keys),
            "iam/security-credentials" or "iam/security-credentials/" => Role,
            $"iam/security-credentials/{Role}" => Credentials(),
            _ => null,
        };
    }

    private string Credentials() => $$"""
        {
          "Code": "Success",
          "LastUpdated": "{{AwsTime.Precise(cloud.Time.GetUtcNow())}}",
          "Type": "AWS-HMAC",
          "AccessKeyId": "{{AccessKeyOf(instance.Id)}}",
          "SecretAccessKey": "{{SecretKey}}",
          "Token": "{{SecretKey}}",
          "Expiration": "{{AwsTime.Precise(cloud.Time.GetUtcNow().AddHours(6))}}"
        }
        """;

    private static Task SayAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
