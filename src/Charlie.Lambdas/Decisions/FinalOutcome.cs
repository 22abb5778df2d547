namespace Charlie.Lambdas.Decisions;

/// <summary>How a deployment can end. The outcomes of a report have the same words.</summary>
internal enum FinalOutcomeKind
{
    Confirmed,
    RolledBack,
}

/// <summary>The final outcome of a release, as its record tags say.</summary>
/// <param name="At">
/// The record tag's own time: it tells which of two outcomes of a release came last. Of a rollback whose confirmation came late
/// the confirmation's: people heard of it, and the rollback has to be the last word.
/// </param>
/// <param name="Rejection">The rejection that rolled it back; <c>null</c> for a confirmation.</param>
internal sealed record FinalOutcome(Release Release, FinalOutcomeKind Kind, DateTimeOffset At, Rejection? Rejection)
{
    // The function that wrote the record tag reports the outcome, and the report comes back as an event within seconds.
    // A younger one may still be under way. No run but the sweep reports a rejection that Refresh wrote.
    private static readonly TimeSpan DeliveryTime = TimeSpan.FromMinutes(2);

    /// <summary>The last final outcome of each release that has one, the oldest first. An overruled confirmation is none.</summary>
    public static IEnumerable<FinalOutcome> Of(Records records) =>
        records.Confirmations.Where(tag => !records.IsOverruled(tag))
            .Select(tag => new FinalOutcome(tag.Release, FinalOutcomeKind.Confirmed, tag.At, null))
            .Concat(records.Rejections.Select(tag =>
                new FinalOutcome(tag.From, FinalOutcomeKind.RolledBack, LastWordAt(tag, records), tag)))
            .GroupBy(outcome => outcome.Release)
            .Select(outcomes => outcomes.MaxBy(outcome => (outcome.At, outcome.Kind, outcome.Rejection?.At))!)
            .OrderBy(outcome => outcome.At);

    /// <summary>The oldest final outcome whose report was not delivered, as far as the records know; <c>null</c> without one.</summary>
    public static FinalOutcome? ToReportAgain(Records records, DateTimeOffset now) =>
        Of(records).FirstOrDefault(outcome =>
            !outcome.IsReported(records) && (outcome.Rejection is { IsReportedBySweep: true } || now - outcome.At >= DeliveryTime));

    public bool IsReported(Records records) =>
        records.Reported.Any(tag => tag.Release == Release && tag.Kind == Kind && tag.At >= At);

    private static DateTimeOffset LastWordAt(Rejection rejection, Records records) =>
        records.Confirmations
            .Where(tag => tag.Release == rejection.From && records.IsOverruled(tag) && tag.At > rejection.At)
            .Select(tag => tag.At)
            .DefaultIfEmpty(rejection.At)
            .Max();
}
