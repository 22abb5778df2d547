namespace Charlie.Lambdas.Decisions;

/// <summary>Group configurations that Charlie refuses, because a terminated instance would not be replaced correctly.</summary>
internal static class GroupPreconditions
{
    private static readonly string[] NeededProcesses = [Group.LaunchProcess, "Terminate"];

    /// <summary>What is wrong with the group, and what to do; <c>null</c> where nothing is.</summary>
    /// <param name="singleton">Two copies of the app must never run at once.</param>
    /// <param name="isLaunchOurs">Charlie itself has suspended the launches, for a stop.</param>
    /// <param name="isHandoverOpen">Charlie itself has raised the desired capacity to 2.</param>
    public static string? Violation(Group group, bool singleton, Strategy strategy, bool isLaunchOurs = false, bool isHandoverOpen = false)
    {
        var suspended = NeededProcesses.Intersect(group.Traits.Suspended)
            .Where(process => !(isLaunchOurs && process == Group.LaunchProcess))
            .ToArray();
        return group switch
        {
            _ when suspended.Length > 0 =>
                $"the group's process {string.Join(" and ", suspended)} is suspended: resume it"
                + $" (aws autoscaling resume-processes --auto-scaling-group-name {group.Name})",
            { Traits.HasMixedInstancesPolicy: true } =>
                "the group has a mixed-instances policy: let it launch from the launch template itself",
            { Traits.HasWarmPool: true } =>
                "the group has a warm pool, whose instances were launched from older versions: delete it",
            { Pin: null } =>
                "the group's launch template version is no number: pin one (aws autoscaling update-auto-scaling-group),"
                + " since $Latest and $Default move by themselves",
            { DesiredCapacity: > 1 } when strategy is Strategy.Replace =>
                $"the group's desired capacity is {group.DesiredCapacity} and strategy Replace is for one instance:"
                + " set it to 1, or take strategy Rolling",
            { DesiredCapacity: HandoverPlan.Both } when strategy is Strategy.Handover && isHandoverOpen => null,
            { DesiredCapacity: > 1 } when singleton =>
                $"the app is a singleton and the group's desired capacity is {group.DesiredCapacity}: set it to 1",
            { Traits.LaunchesFirst: true } when singleton =>
                "the app is a singleton and the group's maintenance policy launches before it terminates: set it to 0/100",
            _ when singleton && strategy is Strategy.Rolling { LaunchesFirst: true } =>
                "the app is a singleton and the healthy percentages launch before they terminate:"
                + " set MinHealthyPercentage below 100 and MaxHealthyPercentage to 100",
            _ => null,
        };
    }
}
