using System.Globalization;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Lambda;

/// <summary>
/// Lambda's queue of asynchronous invocations: function errors are retried up to twice after one and two
/// minutes, throttled events with growing waits until they are too old; then destination and dead-letter queue get them.
/// </summary>
public sealed class AsyncInvocations(
    CloudContext context, IFunctionHost host, InvocationDestinations ends, InvocationLog log, EventFaults faults)
{
    private static readonly TimeSpan FirstThrottleWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxThrottleWait = TimeSpan.FromMinutes(5);

    /// <summary>Takes an event and returns the invocation's request id at once.</summary>
    /// <param name="payload">A JSON text.</param>
    public string Invoke(FunctionConfiguration function, string payload)
    {
        var requestId = context.Ids.Uuid();
        var copies = faults.Duplicate?.Invoke(payload) == true || faults.DuplicateFor?.Invoke(function.DisplayName) == true ? 2 : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            var pending = new PendingInvocation(function, requestId, payload, context.Time.GetUtcNow());
            context.Scheduler.After(TimeSpan.Zero, () => Attempt(pending));
        }

        return requestId;
    }

    private void Attempt(PendingInvocation pending)
    {
        if (context.Time.GetUtcNow() - pending.AcceptedAt > pending.Function.MaximumEventAge)
        {
            ends.Failed(pending, "EventAgeExceeded");
            return;
        }

        var invocation = new Invocation(pending.Function, pending.RequestId, pending.Payload, pending.Attempts + 1);
        var record = new InvocationRecord(invocation, context.Time.GetUtcNow());
        log.Add(record);
        Tell("InvocationStarted", pending, pending.Attempts == 0 ? "started" : $"started again (attempt {invocation.Attempt})",
            "for " + What(pending));
        _ = RunAsync(pending, record);
    }

    private async Task RunAsync(PendingInvocation pending, InvocationRecord record)
    {
        InvocationResult result;
        try
        {
            result = await host.InvokeAsync(record.Invocation);
        }
        catch (OperationCanceledException)
        {
            // The host is shutting down, and the cloud with it.
            return;
        }

        context.Scheduler.After(TimeSpan.Zero, () => Finish(pending, record, result));
    }

    private void Finish(PendingInvocation pending, InvocationRecord record, InvocationResult result)
    {
        record.Result = result;
        record.EndedAt = context.Time.GetUtcNow();
        pending.LastResult = result;
        switch (result.Status)
        {
            case InvocationStatus.Succeeded:
                pending.Attempts++;
                Tell("InvocationSucceeded", pending, "ended", Summary(pending));
                ends.Succeeded(pending);
                break;
            case InvocationStatus.FunctionError:
                pending.Attempts++;
                FunctionError(pending);
                break;
            case InvocationStatus.Throttled:
                var wait = TimeSpan.FromTicks(
                    Math.Min(MaxThrottleWait.Ticks, FirstThrottleWait.Ticks << Math.Min(pending.Throttles++, 20)));
                Retry(pending, "InvocationThrottled", "was throttled", wait);
                break;
        }
    }

    private void FunctionError(PendingInvocation pending)
    {
        if (pending.Attempts > pending.Function.MaximumRetryAttempts)
        {
            Tell("InvocationFailed", pending, "failed", Summary(pending));
            ends.Failed(pending, "RetriesExhausted");
            return;
        }

        var wait = context.Timings.AsyncRetry * (1 << (pending.Attempts - 1));
        Retry(pending, "InvocationFailed", $"failed ({Summary(pending)})", wait);
    }

    private void Retry(PendingInvocation pending, string kind, string what, TimeSpan wait)
    {
        Tell(kind, pending, what, string.Create(CultureInfo.InvariantCulture, $"and is tried again in {wait.TotalSeconds:0.###} s"));
        context.Scheduler.After(wait, () => Attempt(pending));
    }

    private void Tell(string kind, PendingInvocation pending, string what, string more) => context.Timeline.Record(
        "lambda",
        kind,
        pending.Function.DisplayName,
        $"{pending.Function.DisplayName} {what}{(more.Length == 0 ? "" : " ")}{more}".TrimEnd() + ".",
        data: new Dictionary<string, string>
        {
            ["requestId"] = pending.RequestId,
            ["attempt"] = Math.Max(1, kind == "InvocationStarted" ? pending.Attempts + 1 : pending.Attempts)
                .ToString(CultureInfo.InvariantCulture),
        });

    private static string What(PendingInvocation pending) =>
        pending.Document is JsonObject @event && @event["detail-type"] is JsonValue type ? $"\"{type}\"" : "an event";

    private static string Summary(PendingInvocation pending) => pending.LastDocument switch
    {
        JsonObject response when response["errorMessage"] is JsonValue message => $"{response["errorType"]}: {message}",
        JsonObject response when response["summary"] is JsonValue summary => "with: " + summary.ToString().TrimEnd('.'),
        _ => "",
    };
}

/// <summary>An event on its way through the queue.</summary>
public sealed class PendingInvocation(FunctionConfiguration function, string requestId, string payload, DateTimeOffset acceptedAt)
{
    public FunctionConfiguration Function { get; } = function;

    public string RequestId { get; } = requestId;

    public string Payload { get; } = payload;

    /// <summary>The payload as <see cref="InvocationLog.Json"/> reads it, read once; nobody changes it.</summary>
    internal JsonNode? Document => field ??= InvocationLog.Json(Payload);

    public DateTimeOffset AcceptedAt { get; } = acceptedAt;

    /// <summary>How often the function ran with it.</summary>
    public int Attempts { get; internal set; }

    /// <summary>How often there was no room to run it.</summary>
    public int Throttles { get; internal set; }

    public InvocationResult? LastResult
    {
        get;
        internal set => (field, LastDocument) = (value, InvocationLog.Json(value?.Payload));
    }

    /// <summary>The last result's payload as <see cref="InvocationLog.Json"/> reads it; nobody changes it.</summary>
    internal JsonNode? LastDocument { get; private set; }
}
