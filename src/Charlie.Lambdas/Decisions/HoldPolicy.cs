using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>What Refresh does about a request to hold deployments: record it, unless a later request of its holder came first.</summary>
internal static class HoldPolicy
{
    public static RefreshStep Next(HoldRequest request, Snapshot snapshot, DateTimeOffset now)
    {
        var (records, desired) = (snapshot.Records, snapshot.Desired.Release);
        if (records.HoldOf(request.Holder) is { } recorded && IsOf(recorded, request))
        {
            return Done(new RunResult.Held(recorded, desired));
        }

        return WhyStale(request, records, now) is { } reason
            ? Done(new RunResult.StaleRequest($"hold of {request.Holder.Word()}", reason))
            : new RefreshStep.Act(new AwsAction.RecordRequest(
                new Hold(request.Holder, desired, request.RequestedAt, request.Until, request.Reason)));
    }

    // The event came twice, or an earlier run of it recorded the hold.
    private static bool IsOf(Hold hold, HoldRequest request) =>
        (hold.From, hold.Until, hold.Reason) == (request.RequestedAt, request.Until, request.Reason);

    private static string? WhyStale(HoldRequest request, Records records, DateTimeOffset now) =>
        request.Until <= now ? $"it would have ended at {Iso8601.Write(request.Until.Value)}"
        : records.ResumeOf(request.Holder) is { } resume && resume.From >= request.RequestedAt
            ? $"a resume was requested later, at {Iso8601.Write(resume.From)}"
        : records.HoldOf(request.Holder) is { } hold && hold.From >= request.RequestedAt
            ? $"another hold was requested later, at {Iso8601.Write(hold.From)}"
        : null;

    private static RefreshStep.Done Done(RunResult result) => new(result);
}
