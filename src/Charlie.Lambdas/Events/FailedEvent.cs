namespace Charlie.Lambdas.Events;

/// <summary>
/// <c>Lambda Function Invocation Result - Failure</c>: Lambda tried an event three times and gave it up. What it asked
/// for is run once more.
/// </summary>
internal static class FailedEvent
{
    public const string Source = "lambda";

    public const string DetailType = "Lambda Function Invocation Result - Failure";

    // A request that failed for an hour is a person's to look at: the alert says so.
    private static readonly TimeSpan OldestRequest = TimeSpan.FromHours(1);

    // A run that fails again wraps the failure before it, two minutes and more apart: an hour has not more of them.
    private const int DeepestFailure = 30;

    /// <summary>
    /// The event that failed at first; <c>null</c> for one that is too old, or that comes again anyway, as the sweep does.
    /// </summary>
    public static EventEnvelope? Read(EventEnvelope failure, DateTimeOffset now)
    {
        var envelope = failure;
        for (var depth = 0; depth < DeepestFailure && (envelope.Source, envelope.DetailType) == (Source, DetailType); depth++)
        {
            envelope = EventEnvelope.Read(Fields.Object(envelope.Detail, "requestPayload"));
        }

        return envelope.Source is "charlie.ci" or "charlie.ops" && now - envelope.Time < OldestRequest ? envelope : null;
    }
}
