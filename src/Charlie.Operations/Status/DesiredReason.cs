using Charlie.Lambdas.Decisions;

namespace Charlie.Operations.Status;

/// <summary>Why a release is the desired one.</summary>
internal abstract record DesiredReason
{
    private DesiredReason()
    {
    }

    /// <summary>As a document says it, in English.</summary>
    public string Text => this switch
    {
        Fallback { By: RejectedBy.Operator, From: var from } => $"an operator rolled release {from} back",
        Fallback { By: RejectedBy.Group, From: var from } => $"the group rolled release {from} back",
        Fallback { By: RejectedBy.Alarm, From: var from } => $"an alarm fired while release {from} baked",
        Fallback { From: var from } => $"release {from} failed and was rolled back",
        Held { By: var holder } => $"the {holder.Word()}'s hold keeps newer releases waiting",
        NothingPushed => "nothing was pushed yet",
        _ => "it is the newest push",
    };

    public static DesiredReason Of(Snapshot snapshot)
    {
        var (records, desired) = (snapshot.Records, snapshot.Desired.Release);
        return records.EffectiveRejection is { } rejection && rejection.Fallback == desired
                ? new Fallback(rejection.By, rejection.From)
            : records.HoldInForce is { } hold && DesiredRelease.WithoutHold(records).Release != desired ? new Held(hold.Holder)
            : desired == Release.Base ? new NothingPushed()
            : new NewestPush();
    }

    /// <param name="From">The release that it runs instead of.</param>
    internal sealed record Fallback(RejectedBy By, Release From) : DesiredReason;

    internal sealed record Held(Holder By) : DesiredReason;

    internal sealed record NothingPushed : DesiredReason;

    internal sealed record NewestPush : DesiredReason;
}
