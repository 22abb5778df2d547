using Charlie.Lambdas.Decisions;

namespace Charlie.Operations.Requests;

/// <summary>Tells from the records whether a request was recorded.</summary>
internal static class RequestAnswer
{
    /// <summary>The record tag that a request's run wrote; <c>null</c> while there is none that was not there before.</summary>
    /// <param name="before">The records before the event was put: no two clocks are compared.</param>
    public static IRecordTag? Of(RefreshRequest request, Records before, Records now) => request switch
    {
        Rollback rollback => now.Rejections.FirstOrDefault(tag =>
            tag.From == rollback.From
            && tag.By == RejectedBy.Operator
            && tag.Reason == rollback.Reason
            && !before.Rejections.Contains(tag)),
        HoldRequest hold => New(now.HoldOf(hold.Holder), before.HoldOf(hold.Holder)),
        ResumeRequest resume => New(now.ResumeOf(resume.Holder), before.ResumeOf(resume.Holder)),
        RestartRequest => New(now.Restart, before.Restart),
        StopRequest => New(now.Stopped, before.Stopped),
        StartRequest => New(now.Started, before.Started),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, "Not an operator's request."),
    };

    private static IRecordTag? New(IRecordTag? now, IRecordTag? before) => now is not null && !now.Equals(before) ? now : null;
}
