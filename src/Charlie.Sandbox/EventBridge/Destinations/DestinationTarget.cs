using System.Globalization;
using System.Net;
using Charlie.Sandbox.Iam;

namespace Charlie.Sandbox.EventBridge.Destinations;

/// <summary>
/// Delivers to an API destination. EventBridge waits five seconds for the answer, and tries 401, 407, 409, 429 and 5xx again, as it
/// does where no answer came. Its error codes for them are not documented one by one: these are the sandbox's reading.
/// </summary>
internal sealed class DestinationTarget(
    CloudContext context, DestinationStore destinations, ApiDestination destination, RolePolicies roles) : IRemoteTarget
{
    // Each request has a connection of its own, as EventBridge asks for.
    private static readonly HttpMessageInvoker Http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public void Deliver(TargetInput input, Action<DeliveryResult> end)
    {
        if (Refusal(input) is { } refusal)
        {
            end(refusal);
            return;
        }

        // A destination takes so many requests a second; the others wait for their turn.
        var now = context.Time.GetUtcNow();
        var turn = destination.NextAt > now ? destination.NextAt : now;
        destination.NextAt = turn + (TimeSpan.FromSeconds(1) / destination.Rate);
        context.Scheduler.After(turn - now, () => Send(input, end));
    }

    private DeliveryResult? Refusal(TargetInput input) => input.RoleArn is not { } role
            ? DeliveryResult.Refused("NO_PERMISSIONS", "The target has no role that may call events:InvokeApiDestination.")
        : roles.Decide(role, "events:InvokeApiDestination", destination.Arn) is not "allowed"
            ? DeliveryResult.Refused("NO_PERMISSIONS", $"The role {role} may not call events:InvokeApiDestination on {destination.Arn}.")
        : null;

    private void Send(TargetInput input, Action<DeliveryResult> end)
    {
        if (destinations.FindConnectionArn(destination.ConnectionArn) is not { Authorization: not null } connection)
        {
            end(DeliveryResult.Refused("SDK_CLIENT_ERROR", $"The connection of {destination.Name} is not authorized."));
            return;
        }

        HttpRequestMessage request;
        try
        {
            request = DestinationRequest.Write(
                destination, connection, input, endpoint => destinations.Hosts.For(endpoint) ?? throw new UnknownHostException(endpoint));
        }
        catch (UnknownHostException unknown)
        {
            end(DeliveryResult.Failed("CONNECTION_FAILURE", unknown.Message));
            return;
        }

        destinations.Left();
        _ = SendAsync(request, end);
    }

    private async Task SendAsync(HttpRequestMessage request, Action<DeliveryResult> end)
    {
        var result = await AnswerAsync(request).ConfigureAwait(false);
        context.Scheduler.After(TimeSpan.Zero, () => end(result));
        destinations.CameBack();
    }

    private async Task<DeliveryResult> AnswerAsync(HttpRequestMessage request)
    {
        using var owned = request;
        using var limit = new CancellationTokenSource(Timeout, context.Time);
        try
        {
            using var response = await Http.SendAsync(request, limit.Token).ConfigureAwait(false);
            return Result(response);
        }
        catch (OperationCanceledException)
        {
            return DeliveryResult.Failed("TIMEOUT", "The API destination did not respond within 5 seconds.");
        }
        catch (HttpRequestException error)
        {
            return DeliveryResult.Failed("CONNECTION_FAILURE", $"The API destination cannot be reached: {error.Message}");
        }
    }

    private static DeliveryResult Result(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return DeliveryResult.Delivered;
        }

        var message = $"The API destination responded with HTTP status {(int)response.StatusCode}.";
        var wait = response.Headers.TryGetValues("Retry-After", out var values)
            && int.TryParse(values.First(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
        // EventBridge gives up where a server asks it to wait less than no time.
        return wait < 0 || !IsRetried(response.StatusCode)
            ? DeliveryResult.Refused("SDK_CLIENT_ERROR", message)
            : DeliveryResult.Failed(
                response.StatusCode == HttpStatusCode.TooManyRequests ? "THROTTLING" : "SDK_CLIENT_ERROR", message) with
            {
                Wait = TimeSpan.FromSeconds(wait),
            };
    }

    private static bool IsRetried(HttpStatusCode status) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.ProxyAuthenticationRequired or HttpStatusCode.Conflict
            or HttpStatusCode.TooManyRequests
        || (int)status >= 500;

    private sealed class UnknownHostException(Uri endpoint) : Exception(
        $"The sandbox reaches no host {endpoint.Host}: tell it which server of this machine stands for it (/_sandbox/hosts).");
}
