using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// What Refresh does about a request to end a hold: record it, and deploy what waited. No holder ends the hold of another.
/// </summary>
internal static class ResumePolicy
{
    public static RefreshStep Next(ResumeRequest request, Snapshot snapshot, PolicySettings settings)
    {
        var records = snapshot.Records;
        if (records.ResumeOf(request.Holder) is { } recorded
            && (recorded.From, recorded.Reason) == (request.RequestedAt, request.Reason))
        {
            return RefreshPolicy.ReconcileRequested(snapshot, settings, Reason(request, snapshot.Records));
        }

        return WhyStale(request, records) is { } reason
            ? new RefreshStep.Done(new RunResult.StaleRequest($"resume of {request.Holder.Word()}", reason))
            : new RefreshStep.Act(new AwsAction.RecordRequest(new Resume(request.Holder, request.RequestedAt, request.Reason)));
    }

    private static string? WhyStale(ResumeRequest request, Records records) =>
        records.ResumeOf(request.Holder) is { } resume && resume.From >= request.RequestedAt
            ? $"another resume was requested later, at {Iso8601.Write(resume.From)}"
        : records.HoldOf(request.Holder) is not { } hold ? "there is no hold to end"
        : hold.From > request.RequestedAt ? $"the hold was requested later, at {Iso8601.Write(hold.From)}"
        : hold.HasEnded(records.ReadAt) ? $"the hold ended by itself at {Iso8601.Write(hold.Until!.Value)}"
        : !records.IsInForce(hold) ? "the hold was ended already"
        : null;

    private static string Reason(ResumeRequest request, Records records) =>
        $"the hold of {request.Holder.Word()} was ended ({request.Reason})"
        + (records.HoldInForce is { } other ? $"; the hold of {other.Holder.Word()} goes on {other.UntilText}" : "");
}
