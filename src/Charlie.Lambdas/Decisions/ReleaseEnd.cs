namespace Charlie.Lambdas.Decisions;

/// <summary>How a release can end.</summary>
internal enum EndKind
{
    Confirmed,
    RolledBack,
}

/// <summary>The end that a release's marks tell.</summary>
/// <param name="At">The mark's own time: it tells which of two ends of a release came last.</param>
/// <param name="Floor">The floor that took it away; <c>null</c> for a confirmation.</param>
internal sealed record ReleaseEnd(Release Release, EndKind Kind, DateTimeOffset At, Floor? Floor)
{
    // The function that wrote the mark reports the end, and that needs seconds to come back as an event: one that is
    // younger than this is on its way. Of a rollback that was requested, or was the group's own, the sweep's report is the first.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(2);

    /// <summary>The last end of each release that has one, the oldest first.</summary>
    public static IEnumerable<ReleaseEnd> Of(Records records) =>
        records.Confirmed.Select(mark => new ReleaseEnd(mark.Release, EndKind.Confirmed, mark.At, null))
            .Concat(records.Floors.Select(floor => new ReleaseEnd(floor.From, EndKind.RolledBack, floor.At, floor)))
            .GroupBy(end => end.Release)
            .Select(ends => ends.MaxBy(end => (end.At, end.Kind))!)
            .OrderBy(end => end.At);

    /// <summary>The oldest end whose report did not leave the house, or is not known to have; <c>null</c> without one.</summary>
    public static ReleaseEnd? ToReportAgain(Records records, DateTimeOffset now) =>
        Of(records).FirstOrDefault(end => !end.IsReported(records) && (end.Floor is { IsLeftToTheSweep: true } || now - end.At >= OnItsWay));

    public bool IsReported(Records records) =>
        records.Reported.Any(mark => mark.Release == Release && mark.Kind == Kind && mark.EndedAt == At);
}
