namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>The mistakes in a handover; <see cref="MistakeTable"/> has them all.</summary>
internal static class HandoverMistakes
{
    public static readonly Mistake[] All =
    [
        new(
            "hand over before the new machine is prepared", 100,
            new Edit(
                "HandoverRules.Decide",
                "facts.Evidence.ConsecutivePrepared < rules.Successes",
                "facts.Evidence.ConsecutivePrepared < 0")),
        new(
            "hand over at the first probe that says prepared", 100,
            new Edit(
                "HandoverRules.Decide",
                "facts.Evidence.ConsecutivePrepared < rules.Successes",
                "facts.Evidence.ConsecutivePrepared < 1")),
        new(
            "hand over and keep the extra capacity", 100,
            new Edit("GroupWriter.HandOverAsync", "ShouldDecrementDesiredCapacity = true", "ShouldDecrementDesiredCapacity = false")),
        new(
            "take a prepared machine for a healthy one", 100,
            new Edit(
                "HealthEvidence.Add",
                "var success = response is ProbeResponse.Healthy healthy && healthy.Image == image;",
                """
                var success = (response is ProbeResponse.Healthy healthy && healthy.Image == image)
                    || (response is ProbeResponse.Preparing { Prepared: { } prepared } && prepared == image);
                """)),
        new(
            "raise the capacity and leave the trader without protection", 100,
            new Edit(
                "HandoverPlan.Next",
                "Trader(snapshot) is { } trader && !IsProtected(trader, snapshot)",
                "Trader(snapshot) is { Id.Length: 0 } trader")),
        new(
            "raise the capacity without a record of it", 100,
            new Edit("HandoverPlan.Next", "!isRecorded ? new", "!isRecorded && version.Number < 0 ? new")),
        new(
            "leave the extra capacity", 300,
            new Edit(
                "HandoverPlan.End",
                "group.DesiredCapacity == Both && snapshot.Desired.Version is { } version",
                "group.DesiredCapacity > Both && snapshot.Desired.Version is { } version")),
        new(
            "leave a handover open", 100,
            new Edit("HandoverPlan.End", "new AwsAction.RecordRequest(new RequestDone(RequestDone.Handover, open.At))", "null")),
        new(
            "leave the protection on", 300,
            new Edit(
                "HandoverPlan.End",
                """
                if (isOurs && (open is null || group.DesiredCapacity == 0)
                """,
                """
                if (isOurs && open is null && group.DesiredCapacity < 0
                """),
            new Edit(
                "HandoverPlan.End",
                "Array.Find(serving, one => one.IsProtected) is { } trader ?",
                "Array.Find(serving, one => one.Id.Length == 0) is { } trader ?")),
        new(
            "terminate the trader first", 100,
            new Edit(
                "ReconcilePlan.Next",
                "strategy is Strategy.Handover && HandoverPlan.IsPossible(snapshot)",
                "strategy is Strategy.Handover && HandoverPlan.IsPossible(snapshot) && snapshot.Group.DesiredCapacity > 1")),
        new(
            "overwrite a capacity that a person set", 600,
            new Edit(
                "HandoverPlan.IsPossible",
                "snapshot.Records.OpenHandover is not null && snapshot.Group.DesiredCapacity == Both",
                "snapshot.Group.DesiredCapacity == Both"),
            new Edit(
                "GroupPreconditions.Violation",
                "when strategy is Strategy.Handover && isHandoverOpen => null",
                "when strategy is Strategy.Handover => null")),
    ];
}
