namespace Charlie.Operations.Releases;

/// <summary>What became of a release, or is becoming of it.</summary>
internal enum ReleaseState
{
    /// <summary>It was healthy in service for the bake time, and no rejection covers it.</summary>
    Confirmed,

    /// <summary>It is the desired release, and neither confirmed nor rejected.</summary>
    Deploying,

    /// <summary>A hold keeps it back.</summary>
    Waiting,

    /// <summary>It was the desired release and was rejected.</summary>
    RolledBack,

    /// <summary>A rejection of another release covers it.</summary>
    Rejected,

    /// <summary>A newer release took its place before it was confirmed.</summary>
    Superseded,
}
