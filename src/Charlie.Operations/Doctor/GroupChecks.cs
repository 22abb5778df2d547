using System.Globalization;
using Charlie.Lambdas.Decisions;

namespace Charlie.Operations.Doctor;

/// <summary>The group and its launch hook, as docs/installing.md makes them.</summary>
internal static class GroupChecks
{
    private const string Launching = "autoscaling:EC2_INSTANCE_LAUNCHING";

    // The longest that a machine waits for its lock.
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(300);

    public static IEnumerable<Finding> Of(DoctorFacts facts) =>
    [
        .. Missing(facts),
        .. facts.Hooks is { } hooks ? Hook(facts, hooks) : [],
        .. facts.Snapshot is { } snapshot ? Group(facts, snapshot) : [],
        .. facts is { Snapshot: { } read, Group: { } group } ? Singleton(facts, read, group) : [],
        .. Times(facts),
    ];

    private static IEnumerable<Finding> Missing(DoctorFacts facts)
    {
        if (facts.IsGroupMissing)
        {
            yield return new Finding(
                "group",
                "GroupMissing",
                $"There is no Auto Scaling group {facts.Stack.Settings.GroupName} here.",
                "Make it as infrastructure/production.template does, or update the stack with the GroupName that is there.");
        }
    }

    private static IEnumerable<Finding> Hook(DoctorFacts facts, IReadOnlyList<HookFacts> hooks)
    {
        var (settings, group) = (facts.Stack.Settings, facts.Stack.Settings.GroupName);
        if (hooks.FirstOrDefault(hook => hook.Name == settings.LaunchHookName) is not { } ours)
        {
            yield return new Finding(
                "hook",
                "HookMissing",
                $"The group has no lifecycle hook {settings.LaunchHookName}: instances go in service without being proved.",
                "Declare it with the group (LifecycleHookSpecificationList), as infrastructure/production.template does.");
            yield break;
        }

        var health = settings.Policy.Health;
        var needed = LockTime + health.MachineDeadline + health.StartTime + health.HealthDeadline;
        if (ours.Transition != Launching)
        {
            yield return new Finding(
                "hook", "HookTransition", $"Hook {ours.Name} is for {ours.Transition}.", $"Make it one for {Launching}.");
        }

        if (ours.DefaultResult != "ABANDON")
        {
            yield return new Finding(
                "hook",
                "HookDefault",
                $"Hook {ours.Name} ends with {ours.DefaultResult}: an instance that was never proved goes in service.",
                PutHook("--default-result ABANDON"));
        }

        if (ours.Heartbeat < needed)
        {
            yield return new Finding(
                "hook",
                "HookHeartbeat",
                $"Hook {ours.Name} waits {Seconds(ours.Heartbeat)} s; lock, machine, start and health take up to {Seconds(needed)} s.",
                PutHook($"--heartbeat-timeout {Seconds(needed)}"));
        }

        foreach (var other in hooks.Where(hook => hook.Transition == Launching && hook.Name != ours.Name))
        {
            yield return new Finding(
                "hook",
                "OtherHook",
                $"Hook {other.Name} holds launches too: Charlie cannot tell when it ends.",
                $"aws autoscaling delete-lifecycle-hook --auto-scaling-group-name {group} --lifecycle-hook-name {other.Name}");
        }

        string PutHook(string option) =>
            $"aws autoscaling put-lifecycle-hook --auto-scaling-group-name {group} --lifecycle-hook-name {ours.Name} {option}";
    }

    private static IEnumerable<Finding> Group(DoctorFacts facts, Snapshot snapshot)
    {
        var group = snapshot.Group;
        if (group.Pin is null && !group.Traits.HasMixedInstancesPolicy)
        {
            yield return new Finding(
                "group",
                "PinNotNumeric",
                "The group launches from $Latest or $Default, which move by themselves.",
                $"aws autoscaling update-auto-scaling-group --auto-scaling-group-name {group.Name} --launch-template "
                + $"LaunchTemplateId={facts.Stack.Settings.LaunchTemplateId},Version={snapshot.Desired.Version?.Number}");
        }

        if (group.Pin is { } pin && snapshot.Records.Version(pin) is null)
        {
            yield return new Finding(
                "group",
                "PinUnknown",
                $"The group launches from version {pin}, which Charlie cannot read.",
                "charlie plan shows what the next sweep pins.");
        }

        foreach (var process in ((string[])["Launch", "Terminate"]).Intersect(group.Traits.Suspended)
            .Where(process => process != "Launch" || !snapshot.Records.IsStopped))
        {
            yield return new Finding("group", "Suspended", $"The group's process {process} is suspended.", Resume(process));
        }

        if (group.Traits.HasMixedInstancesPolicy)
        {
            yield return new Finding(
                "group", "MixedInstances", "The group has a mixed-instances policy.", "Let it launch from the launch template itself.");
        }

        if (group.Traits.HasWarmPool)
        {
            yield return new Finding(
                "group",
                "WarmPool",
                "The group has a warm pool, whose instances were launched from older versions.",
                $"aws autoscaling delete-warm-pool --auto-scaling-group-name {group.Name}");
        }

        if (group.DesiredCapacity > 1 && facts.Stack.Settings.Policy.Strategy is Strategy.Replace)
        {
            yield return new Finding(
                "group",
                "ReplaceNeedsOne",
                $"The desired capacity is {group.DesiredCapacity}, and strategy Replace is for one instance.",
                "Set it to 1, or give the stack Strategy=Rolling.");
        }

        string Resume(string process) =>
            $"aws autoscaling resume-processes --auto-scaling-group-name {group.Name} --scaling-processes {process}";
    }

    private static IEnumerable<Finding> Singleton(DoctorFacts facts, Snapshot snapshot, GroupFacts configured)
    {
        var group = snapshot.Group;
        if (!facts.Stack.Settings.Policy.Singleton)
        {
            yield break;
        }

        if (facts.Stack.Settings.Policy.Strategy is Strategy.Handover)
        {
            if ((configured.MinSize, configured.MaxSize) is not (1, HandoverPlan.Both) && group.DesiredCapacity > 0)
            {
                yield return new Finding(
                    "group",
                    "HandoverSizes",
                    $"The stack's strategy is Handover, and the group's sizes are {configured.MinSize} to {configured.MaxSize}: "
                    + "each release is deployed as with Replace.",
                    $"aws autoscaling update-auto-scaling-group --auto-scaling-group-name {group.Name} --min-size 1 --max-size 2");
            }
        }
        else if (configured.MaxSize > 1)
        {
            yield return new Finding(
                "group",
                "SingletonMaxSize",
                $"The app must never run twice, and the group's max size is {configured.MaxSize}.",
                $"aws autoscaling update-auto-scaling-group --auto-scaling-group-name {group.Name} --max-size 1");
        }

        if (group.Traits.LaunchesFirst)
        {
            yield return new Finding(
                "group",
                "SingletonLaunchesFirst",
                "The app must never run twice, and the group's maintenance policy launches before it terminates.",
                $"aws autoscaling update-auto-scaling-group --auto-scaling-group-name {group.Name} "
                + "--instance-maintenance-policy MinHealthyPercentage=0,MaxHealthyPercentage=100");
        }

        if (facts.Stack.Settings.Policy.Strategy is Strategy.Rolling { LaunchesFirst: true })
        {
            yield return new Finding(
                "group",
                "SingletonPercentages",
                "The app must never run twice, and the stack's healthy percentages launch before they terminate.",
                "Update the stack with MinHealthyPercentage below 100 and MaxHealthyPercentage=100.");
        }

        if (configured.HealthCheckType != "EC2")
        {
            yield return new Finding(
                "group",
                "SingletonHealthCheck",
                $"The group replaces instances by its {configured.HealthCheckType} health check, beside Charlie.",
                $"aws autoscaling update-auto-scaling-group --auto-scaling-group-name {group.Name} --health-check-type EC2");
        }

        if (configured.ZoneCount > 1 && !group.Traits.Suspended.Contains("AZRebalance"))
        {
            yield return new Finding(
                "group",
                "Rebalance",
                $"The group spans {configured.ZoneCount} zones and may launch in one before it terminates in another.",
                $"aws autoscaling suspend-processes --auto-scaling-group-name {group.Name} --scaling-processes AZRebalance");
        }
    }

    private static IEnumerable<Finding> Times(DoctorFacts facts)
    {
        var health = facts.Stack.Settings.Policy.Health;
        var longest = health.MachineDeadline + health.StartTime + health.HealthDeadline + health.BakeTime;
        if (health.DeploymentDeadline < longest)
        {
            yield return new Finding(
                "times",
                "DeploymentDeadline",
                $"A release may take {Seconds(longest)} s; DeploymentDeadlineSeconds is {Seconds(health.DeploymentDeadline)}.",
                $"Update the stack with DeploymentDeadlineSeconds={Seconds(longest)} or more.");
        }
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0}");
}
