namespace Charlie.Lambdas.Events;

/// <summary>
/// <c>Lambda Function Invocation Result - Failure</c>: Lambda ran an event three times without success. Its request is
/// run once more.
/// </summary>
/// <param name="Request">
/// The event that failed first; <c>null</c> for one that is too old, or that comes again anyway, as the sweep does.
/// </param>
internal sealed record InvocationFailed(EventEnvelope? Request) : InboundEvent
{
    public const string Source = "lambda";

    public const string DetailType = "Lambda Function Invocation Result - Failure";

    // A request that failed for an hour needs an operator: the alert says so.
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    // A run that fails again wraps the failure before it, two minutes and more apart: an hour has no more of them.
    private const int MaxDepth = 30;

    public static InvocationFailed Read(EventEnvelope failure, DateTimeOffset now)
    {
        var envelope = failure;
        for (var depth = 0; depth < MaxDepth && (envelope.Source, envelope.DetailType) == (Source, DetailType); depth++)
        {
            envelope = EventEnvelope.Read(Fields.Object(envelope.Detail, "requestPayload"));
        }

        return new InvocationFailed(
            envelope.Source is ImagePushed.Source or OperatorRequest.Source or AlarmFired.Source && now - envelope.Time < MaxAge
                ? envelope
                : null);
    }
}
