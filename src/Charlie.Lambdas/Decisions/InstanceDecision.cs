namespace Charlie.Lambdas.Decisions;

/// <summary>What Lifecycle does about one instance.</summary>
internal abstract record InstanceDecision
{
    private InstanceDecision()
    {
    }

    /// <summary>The instance is not Lifecycle's to judge: not, or no longer.</summary>
    internal sealed record NothingToDo(string Why) : InstanceDecision;

    /// <summary>Probe again.</summary>
    internal sealed record Wait(string Why) : InstanceDecision;

    /// <summary>Record that the instance went in service; the bake time counts from there.</summary>
    internal sealed record RecordInService : InstanceDecision;

    /// <summary>CONTINUE: the instance is healthy with its version's image.</summary>
    internal sealed record Admit : InstanceDecision;

    /// <summary>Record that the release is confirmed.</summary>
    internal sealed record Confirm(Confirmation Confirmation) : InstanceDecision;

    /// <summary>Terminate the old instance: this one has prepared everything, and waits at the lock.</summary>
    /// <param name="Trader">The old instance.</param>
    /// <param name="Handover">Written first.</param>
    internal sealed record HandOver(string Trader, Handover Handover) : InstanceDecision;

    /// <summary>ABANDON: the group has one instance too many, and this one is not the trader.</summary>
    internal sealed record RemoveSurplus(string Why) : InstanceDecision;

    /// <summary>ABANDON: another release should run.</summary>
    /// <param name="IsRejected">The instance's release was rolled back, and that was notified.</param>
    internal sealed record Supersede(Release Desired, bool IsRejected) : InstanceDecision;

    /// <summary>An infrastructure failure: abandon or terminate the instance; the release stands.</summary>
    /// <param name="Attempts">With this machine counted; written first.</param>
    internal sealed record Retry(string Reason, Attempts Attempts) : InstanceDecision;

    /// <summary>
    /// An application failure of a release that there is nothing better than: abandon or terminate the instance; the group
    /// launches another.
    /// </summary>
    /// <param name="Replacement">Written first: its time is the begin of the next back-off.</param>
    /// <param name="Removes">
    /// Whether the instance goes: where most of a group are sick together, it is not their machines, and they stay.
    /// </param>
    internal sealed record Replace(string Reason, Replacement Replacement, bool Removes) : InstanceDecision;

    /// <summary>Terminate one sick instance of many; its release stands as long as enough of the others are healthy.</summary>
    /// <param name="Attempts">With this machine counted; written first.</param>
    internal sealed record ReplaceAlone(string Reason, Attempts Attempts) : InstanceDecision;

    /// <summary>Reject the release first, then abandon or terminate the instance.</summary>
    internal sealed record RollBack(Rejection Rejection) : InstanceDecision;

    public bool IsQuiet => this is NothingToDo or Wait;

    /// <summary>Whether it admits, ends or confirms something: decided only from records that were read for it.</summary>
    public bool NeedsFreshRecords => !IsQuiet && this is not RecordInService;
}
