namespace Charlie.Lambdas.Decisions;

/// <summary>What to record of a delivered report.</summary>
internal static class DeliveryPolicy
{
    /// <summary>Only the last final outcome of a release counts: a report of an earlier one that comes late says nothing of it.</summary>
    public static (AwsAction? Action, RunResult Result) Decide(ReportedOutcome reported, Records records)
    {
        // People heard of a confirmation that a rejection had overruled: the rejection has to be the last word.
        if (records.Confirmations.Any(tag => IsReportOf(reported, tag) && records.IsOverruled(tag)))
        {
            return (
                records.Reported.Contains(reported) ? null : new AwsAction.RecordReported(reported),
                new RunResult.NothingToDo($"the Confirmed report for release {reported.Release} was overruled by a rejection"));
        }

        var outcome = FinalOutcome.Of(records).FirstOrDefault(outcome => outcome.Release == reported.Release);
        if (outcome is null || (outcome.Kind, outcome.At) != (reported.Kind, reported.At))
        {
            return (null, new RunResult.NothingToDo($"{reported.Kind} is not the last final outcome of release {reported.Release}"));
        }

        return (
            outcome.IsReported(records) ? null : new AwsAction.RecordReported(reported),
            new RunResult.NothingToDo($"recorded delivery of the {reported.Kind} report for release {reported.Release}"));
    }

    private static bool IsReportOf(ReportedOutcome reported, Confirmation tag) =>
        reported.Kind == FinalOutcomeKind.Confirmed && (tag.Release, tag.At) == (reported.Release, reported.At);
}
