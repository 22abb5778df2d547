using Charlie.Lambdas.Decisions;
using Charlie.Operations.Releases;

namespace Charlie.Operations.Requests;

/// <summary>How waiting for a release ended.</summary>
internal enum WaitEnd
{
    Confirmed,
    RolledBack,
    Superseded,
    Held,
}

/// <summary>Tells from a snapshot whether a release has come to its end.</summary>
internal static class OutcomeWatch
{
    /// <summary>The release's end; <c>null</c> while it has none, also while nothing is recorded of it yet.</summary>
    public static WaitEnd? Of(ReleaseFacts facts, Snapshot snapshot) => facts.State switch
    {
        ReleaseState.Confirmed => WaitEnd.Confirmed,
        ReleaseState.RolledBack or ReleaseState.Rejected => WaitEnd.RolledBack,
        ReleaseState.Superseded => WaitEnd.Superseded,
        ReleaseState.Waiting when snapshot.Records.HasVersion(facts.Release) => WaitEnd.Held,
        _ => null,
    };
}
