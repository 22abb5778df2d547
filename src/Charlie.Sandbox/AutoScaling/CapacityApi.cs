using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The operations on a group's size, its processes and its history.</summary>
internal sealed class CapacityApi(CloudContext context, AutoScalingGroupStore groups)
{
    private const int LargestPage = 100;

    private static readonly string[] Processes =
    [
        "AZRebalance", "AddToLoadBalancer", "AlarmNotification", "HealthCheck", "InstanceRefresh", "Launch",
        "ReplaceUnhealthy", "ScheduledActions", "Terminate",
    ];

    public AwsResponse SetDesired(AwsRequest request, QueryParameters parameters)
    {
        var group = groups.Find(parameters.Required("AutoScalingGroupName"))
            ?? throw AutoScalingErrors.Invalid("AutoScalingGroup name not found - null");
        var desired = parameters.RequiredInteger("DesiredCapacity", 0);
        if (desired > group.MaxSize)
        {
            throw AutoScalingErrors.Invalid(
                $"New SetDesiredCapacity value {desired} is above max value {group.MaxSize} for the AutoScalingGroup.");
        }

        if (desired < group.MinSize)
        {
            throw AutoScalingErrors.Invalid(
                $"New SetDesiredCapacity value {desired} is below min value {group.MinSize} for the AutoScalingGroup.");
        }

        if (parameters.Flag("HonorCooldown") is true && Cooling(group) is { } activity)
        {
            throw AutoScalingErrors.InProgress($"Scaling activity {activity.Id} is in progress and blocks this action");
        }

        groups.Resize(group, desired, "a user request explicitly set group desired capacity");
        return XmlResponse.Query(request);
    }

    public AwsResponse Suspend(AwsRequest request, QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        if (group.IsDeleted)
        {
            throw AutoScalingErrors.Invalid("Processes may not be suspended while the AutoScaling group is pending delete");
        }

        foreach (var process in Named(parameters))
        {
            group.Suspend(process, $"User suspended at {AwsTime.Seconds(context.Time.GetUtcNow())}");
            context.Record("autoscaling", "ProcessSuspended", group.Name, $"{process} of {group.Name} suspended");
        }

        return XmlResponse.Query(request);
    }

    public AwsResponse Resume(AwsRequest request, QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        foreach (var process in Named(parameters))
        {
            group.Resume(process);
            context.Record("autoscaling", "ProcessResumed", group.Name, $"{process} of {group.Name} resumed");
        }

        return XmlResponse.Query(request);
    }

    public AwsResponse DescribeActivities(AwsRequest request, QueryParameters parameters)
    {
        var name = parameters.Text("AutoScalingGroupName");
        var ids = parameters.List("ActivityIds");
        var withDeleted = parameters.Flag("IncludeDeletedGroups") ?? false;
        var group = name is null ? null : groups.Find(name);
        if (name is not null && group is null && !withDeleted)
        {
            throw AutoScalingErrors.GroupNotFound(name);
        }

        var activities = groups.Activities.All.Reverse()
            .Where(activity => name is null || activity.GroupName == name || activity.GroupArn == name)
            .Where(activity => ids.Count == 0 || ids.Contains(activity.Id))
            .Where(activity => withDeleted || Owner(activity) is not null);
        var token = parameters.Text("NextToken");
        var page = Paging.Take(
            activities, activity => Paging.Key(long.MaxValue - activity.Number), token,
            parameters.Integer("MaxRecords", 1, LargestPage) ?? LargestPage, () => AutoScalingErrors.InvalidToken(token));
        return XmlResponse.Query(request, xml =>
        {
            xml.List("Activities", "member", page.Items, activity => GroupXml.Write(xml, activity, Owner(activity)));
            xml.Element("NextToken", page.NextToken);
        }, page);
    }

    /// <summary>An activity that is not over, or not for as long as the group's cooldown.</summary>
    private ScalingActivity? Cooling(AutoScalingGroup group) => groups.Activities.All.LastOrDefault(activity =>
        activity.GroupArn == group.Arn
        && (activity.EndTime is not { } end || context.Time.GetUtcNow() < end + GroupSettings.CooldownOf(group)));

    /// <summary>The group of an activity, if it is still there: a new group of the same name is another one.</summary>
    private AutoScalingGroup? Owner(ScalingActivity activity) =>
        groups.Find(activity.GroupName) is { } group && group.Arn == activity.GroupArn ? group : null;

    private static IReadOnlyList<string> Named(QueryParameters parameters)
    {
        var named = parameters.List("ScalingProcesses");
        return named.FirstOrDefault(process => !Processes.Contains(process)) is { } unknown
            ? throw AutoScalingErrors.Invalid($"1 validation error detected: Value '[{unknown}]' at 'scalingProcesses' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", Processes)}]")
            : named.Count == 0 ? Processes : named;
    }
}
