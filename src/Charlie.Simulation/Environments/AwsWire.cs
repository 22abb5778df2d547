using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Charlie.Lambdas.Aws;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Wire;
using Charlie.Simulation.Plans;

namespace Charlie.Simulation.Environments;

/// <summary>The network between the functions and AWS: every signed request of the real clients goes through here.</summary>
internal sealed class AwsWire(Cloud cloud, FaultInjector faults, Random random) : HttpMessageHandler
{
    private static readonly TimeSpan Timeout = ClientLimits.CallTimeout;

    private readonly TimeProvider time = cloud.Time;
    private readonly RememberedResponses remembered = new(cloud.Time, random);

    /// <summary>Calls to which AWS responded.</summary>
    public long Calls { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var wire = new WireRequest(
            request.RequestUri!.AbsolutePath,
            request.RequestUri.Query.TrimStart('?'),
            request.Headers.NonValidated.TryGetValues("Authorization", out var authorization) ? authorization.ToString() : null,
            null,
            body);
        if (FunctionRun.Current is not { } run)
        {
            return Http(cloud.Endpoint.Respond(wire));
        }

        await StopIfOver(run);
        var fault = faults.NextCall(run.Function, ServiceOf(wire), body.AsSpan().IndexOf("Action=Describe"u8) >= 0);
        await Task.Delay(Leg(), time, CancellationToken.None);
        await StopIfOver(run);
        switch (fault)
        {
            case CallFault.Throttled or CallFault.ServerError:
                cloud.Faults.Arm(new Fault(fault == CallFault.Throttled ? FaultAction.Throttle : FaultAction.Error500, run.Function));
                return Http(cloud.Endpoint.Respond(wire));
            case CallFault.LostBefore:
                throw Broken();
            case CallFault.KilledBefore:
                run.Kill(run);
                await StopIfOver(run);
                break;
            case CallFault.TimedOut:
                await Task.Delay(Timeout, time, CancellationToken.None);
                _ = Respond(wire);
                throw Broken();
        }

        var response = Respond(wire);
        if (faults.Slowness >= Timeout)
        {
            await Task.Delay(Timeout - (faults.Slowness / 2), time, CancellationToken.None);
            throw Broken();
        }

        if (fault == CallFault.LostAfter)
        {
            throw Broken();
        }

        if (fault == CallFault.KilledAfter)
        {
            run.Kill(run);
        }

        await Task.Delay(Leg(), time, CancellationToken.None);
        await StopIfOver(run);
        run.HasFreshRecords |= body.AsSpan().IndexOf("Action=DescribeLaunchTemplates&"u8) >= 0;
        return Http(response);
    }

    // Credential=KEY/DATE/REGION/SERVICE/aws4_request
    private static string ServiceOf(WireRequest wire) => wire.Authorization?.Split('/', 5) is [_, _, _, var service, ..] ? service : "";

    private static HttpRequestException Broken() =>
        new(HttpRequestError.ResponseEnded, "The connection was broken.", new IOException("The connection was broken."));

    /// <summary>The code of a run that is over waits for ever: its process is gone.</summary>
    private static Task StopIfOver(FunctionRun run) =>
        run.IsOver ? new TaskCompletionSource().Task : Task.CompletedTask;

    private WireResponse Respond(WireRequest wire)
    {
        Calls++;
        return remembered.Respond(wire, faults, cloud.Endpoint.Respond);
    }

    private TimeSpan Leg() => TimeSpan.FromMilliseconds(random.Next(3, 30)) + (faults.Slowness / 2);

    private static HttpResponseMessage Http(WireResponse wireResponse)
    {
        var response = wireResponse.Response ?? throw Broken();
        var message = new HttpResponseMessage((HttpStatusCode)response.Status) { Content = new ReadOnlyMemoryContent(response.Body) };
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(response.ContentType);
        message.Headers.TryAddWithoutValidation("x-amzn-RequestId", wireResponse.RequestId);
        return message;
    }
}

/// <summary>
/// Reads that lag behind writes: while they do, a read may get a response that the same request got a moment ago,
/// and that was true then.
/// </summary>
internal sealed class RememberedResponses(TimeProvider time, Random random)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, List<(DateTimeOffset At, WireResponse Response)>> responses = [];

    public WireResponse Respond(WireRequest wire, FaultInjector faults, Func<WireRequest, WireResponse> send)
    {
        var request = Encoding.ASCII.GetString(wire.Body!.Value.Span);
        if (!request.Contains("Action=Describe", StringComparison.Ordinal))
        {
            return send(wire);
        }

        var now = time.GetUtcNow();
        if (!responses.TryGetValue(request, out var known))
        {
            responses[request] = known = [];
        }

        known.RemoveAll(response => now - response.At > Kept);
        var young = faults.Lag > TimeSpan.Zero ? known.FindIndex(response => now - response.At <= faults.Lag) : -1;
        if (young >= 0 && random.Next(2) == 0)
        {
            faults.Count("ReadLagged");
            return known[random.Next(young, known.Count)].Response;
        }

        var response = send(wire);
        if (response.Response is { Status: 200 })
        {
            known.Add((now, response));
        }

        return response;
    }
}
