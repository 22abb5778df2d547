using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;

namespace Charlie.Operations.History;

/// <summary>The releases that the records still name, the newest first.</summary>
/// <param name="Shape">The version of this shape; a member is only added to it without a new one.</param>
internal sealed record HistoryDocument(int Shape, string App, DateTimeOffset At, string Desired, IReadOnlyList<ReleaseDocument> Releases)
{
    private const int NewestShape = 1;

    /// <param name="most">How many releases at most.</param>
    public static HistoryDocument Of(string app, Snapshot snapshot, int most) => new(
        NewestShape,
        app,
        snapshot.RecordsReadAt,
        snapshot.Desired.Release.ToString(),
        [.. ReleaseFacts.All(snapshot).Take(most).Select(ReleaseDocument.Of)]);
}
