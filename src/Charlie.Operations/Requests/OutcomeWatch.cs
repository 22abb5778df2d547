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

    /// <summary>It is on record, and its launch template version is deleted: it can never run.</summary>
    Failed,
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
        ReleaseState.Deploying when facts.Version is null => WaitEnd.Failed,
        ReleaseState.Waiting when facts.Version is not null => WaitEnd.Held,
        ReleaseState.Waiting when snapshot.Records.IsRecorded(facts.Release) => WaitEnd.Failed,
        _ => null,
    };
}
