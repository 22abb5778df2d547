using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;
using Charlie.Operations.Requests;

namespace Charlie.Operations.Doctor;

/// <summary>Whether an app has come to its first confirmed release.</summary>
/// <param name="End"><c>null</c> while it is under way.</param>
internal sealed record FirstRelease(ReleaseFacts Facts, WaitEnd? End)
{
    /// <summary>
    /// A confirmed release ends it, whichever that is. Until there is one, the newest release is waited for: with it a first
    /// push that is rolled back, or held, is an end too.
    /// </summary>
    public static FirstRelease Of(Snapshot snapshot)
    {
        var all = ReleaseFacts.All(snapshot);
        if (all.FirstOrDefault(one => one.State == ReleaseState.Confirmed) is { } confirmed)
        {
            return new FirstRelease(confirmed, WaitEnd.Confirmed);
        }

        return new FirstRelease(all[0], OutcomeWatch.Of(all[0], snapshot));
    }
}
