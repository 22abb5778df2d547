using System.Net;
using System.Text;
using Amazon;
using Amazon.Runtime;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Aws.Wire;

/// <summary>
/// SNS's Publish in the Query protocol: the package of the whole client is not needed for one call, and not every registry
/// serves it.
/// </summary>
/// <param name="arn">The topic's ARN; its region is where it is called.</param>
/// <param name="endpoint">A URL in place of AWS's own, as <c>AWS_ENDPOINT_URL</c> has it; <c>null</c> without one.</param>
internal sealed class SnsTopic(HttpMessageInvoker http, AWSCredentials credentials, string arn, Uri? endpoint, TimeProvider time)
    : IAlertTopic
{
    private const string Service = "sns";
    private const string ContentType = "application/x-www-form-urlencoded";

    // As much of a refusal as names its code and its message.
    private const int MaxShown = 500;

    private readonly string region = arn.Split(':')[3];

    public async Task PublishAsync(string subject, string body)
    {
        var form = Encoding.UTF8.GetBytes(string.Join(
            '&',
            "Action=Publish",
            "Version=2010-03-31",
            $"TopicArn={Uri.EscapeDataString(arn)}",
            $"Subject={Uri.EscapeDataString(subject)}",
            $"Message={Uri.EscapeDataString(body)}"));
        for (var attempt = 0; ; attempt++)
        {
            if (await TryAsync(form, isLast: attempt == ClientLimits.MaxRetries))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1 << attempt), time);
        }
    }

    /// <returns>Whether it was published; <c>false</c> where it is worth another attempt.</returns>
    private async Task<bool> TryAsync(byte[] form, bool isLast)
    {
        using var timeout = new CancellationTokenSource(ClientLimits.CallTimeout, time);
        try
        {
            using var request = await SignAsync(form);
            using var response = await http.SendAsync(request, timeout.Token);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return true;
            }

            var refusal = await response.Content.ReadAsStringAsync(timeout.Token);
            return isLast || !IsTransient(response.StatusCode, refusal)
                ? throw new PublishException($"SNS answered {(int)response.StatusCode}: {SingleLineText.Of(refusal, MaxShown)}")
                : false;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return isLast ? throw new PublishException($"SNS did not respond: {error.Message}", error) : false;
        }
    }

    private Task<HttpRequestMessage> SignAsync(byte[] form) => SignedPost.CreateAsync(
        credentials,
        region,
        Service,
        endpoint ?? new Uri($"https://{Service}.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/"),
        ContentType,
        form,
        target: null,
        time);

    private static bool IsTransient(HttpStatusCode status, string refusal) =>
        status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        || refusal.Contains("Throttl", StringComparison.Ordinal);
}
