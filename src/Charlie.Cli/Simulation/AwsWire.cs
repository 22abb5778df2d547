using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Charlie.Sandbox;
using Charlie.Sandbox.Wire;

namespace Charlie.Cli.Simulation;

/// <summary>The network between the functions and AWS: every signed request of the real clients goes through here.</summary>
internal sealed class AwsWire(Cloud cloud, FaultPlan faults, Random random) : HttpMessageHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private readonly TimeProvider time = cloud.Time;
    private readonly RememberedAnswers remembered = new(cloud.Time, random);

    /// <summary>Calls that AWS answered.</summary>
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
            return Http(cloud.Endpoint.Answer(wire));
        }

        await StopIfOver(run);
        var fault = faults.NextCall(run.Function, ServiceOf(wire), body.AsSpan().IndexOf("Action=Describe"u8) >= 0);
        await Task.Delay(Leg(), time, CancellationToken.None);
        await StopIfOver(run);
        switch (fault)
        {
            case CallFault.Throttled or CallFault.ServerError:
                cloud.Faults.Arm(new Fault(fault == CallFault.Throttled ? FaultAction.Throttle : FaultAction.Error500, run.Function));
                return Http(cloud.Endpoint.Answer(wire));
            case CallFault.LostBefore:
                throw Broken();
            case CallFault.KilledBefore:
                run.Kill(run);
                await StopIfOver(run);
                break;
            case CallFault.TimedOut:
                await Task.Delay(Patience, time, CancellationToken.None);
                _ = Answer(wire);
                throw Broken();
        }

        var answer = Answer(wire);
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
        return Http(answer);
    }

    // Credential=KEY/DATE/REGION/SERVICE/aws4_request
    private static string ServiceOf(WireRequest wire) => wire.Authorization?.Split('/', 5) is [_, _, _, var service, ..] ? service : "";

    private static HttpRequestException Broken() =>
        new(HttpRequestError.ResponseEnded, "The connection was broken.", new IOException("The connection was broken."));

    /// <summary>The code of a run that is over waits for ever: its process is gone.</summary>
    private static Task StopIfOver(FunctionRun run) =>
        run.IsOver ? new TaskCompletionSource().Task : Task.CompletedTask;

    private WireAnswer Answer(WireRequest wire)
    {
        Calls++;
        return remembered.Answer(wire, faults, cloud.Endpoint.Answer);
    }

    private TimeSpan Leg() => TimeSpan.FromMilliseconds(random.Next(3, 30)) + (faults.Slowness / 2);

    private static HttpResponseMessage Http(WireAnswer answer)
    {
        var response = answer.Response ?? throw Broken();
        var message = new HttpResponseMessage((HttpStatusCode)response.Status) { Content = new ReadOnlyMemoryContent(response.Body) };
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(response.ContentType);
        message.Headers.TryAddWithoutValidation("x-amzn-RequestId", answer.RequestId);
        return message;
    }
}

/// <summary>
/// Reads that lag behind writes: while they do, a read may get an answer that the same question got a moment ago,
/// and that was true then.
/// </summary>
internal sealed class RememberedAnswers(TimeProvider time, Random random)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, List<(DateTimeOffset At, WireAnswer Answer)>> answers = [];

    public WireAnswer Answer(WireRequest wire, FaultPlan faults, Func<WireRequest, WireAnswer> ask)
    {
        var question = Encoding.ASCII.GetString(wire.Body!.Value.Span);
        if (!question.Contains("Action=Describe", StringComparison.Ordinal))
        {
            return ask(wire);
        }

        var now = time.GetUtcNow();
        if (!answers.TryGetValue(question, out var known))
        {
            answers[question] = known = [];
        }

        known.RemoveAll(answer => now - answer.At > Kept);
        var young = faults.Lag > TimeSpan.Zero ? known.FindIndex(answer => now - answer.At <= faults.Lag) : -1;
        if (young >= 0 && random.Next(2) == 0)
        {
            faults.Count("ReadLagged");
            return known[random.Next(young, known.Count)].Answer;
        }

        var answer = ask(wire);
        if (answer.Response is { Status: 200 })
        {
            known.Add((now, answer));
        }

        return answer;
    }
}
