using System.Globalization;
using Amazon.AutoScaling.Model;

namespace Amazon.AutoScaling.Marshalling;

internal static class InstanceRefreshOperations
{
    public static readonly Operation<StartInstanceRefreshRequest, StartInstanceRefreshResponse> StartInstanceRefresh = new(
        "StartInstanceRefresh",
        (query, request) =>
        {
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.Add("DesiredConfiguration", request.DesiredConfiguration, (desired, configuration) =>
            {
                desired.Add("LaunchTemplate", configuration.LaunchTemplate, Writing.LaunchTemplate);
                desired.Add("MixedInstancesPolicy", configuration.MixedInstancesPolicy, Writing.MixedInstancesPolicy);
            });
            query.Add("Preferences", request.Preferences, WritePreferences);
            query.Add("Strategy", request.Strategy);
        },
        xml => new StartInstanceRefreshResponse { InstanceRefreshId = xml.Text("InstanceRefreshId") },
        "InstanceRefreshInProgress",
        "LimitExceeded",
        "ResourceContention");

    public static readonly Operation<CancelInstanceRefreshRequest, CancelInstanceRefreshResponse> CancelInstanceRefresh = new(
        "CancelInstanceRefresh",
        (query, request) =>
        {
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.Add("WaitForTransitioningInstances", request.WaitForTransitioningInstances);
        },
        xml => new CancelInstanceRefreshResponse { InstanceRefreshId = xml.Text("InstanceRefreshId") },
        "ActiveInstanceRefreshNotFound",
        "LimitExceeded",
        "ResourceContention");

    public static readonly Operation<RollbackInstanceRefreshRequest, RollbackInstanceRefreshResponse> RollbackInstanceRefresh = new(
        "RollbackInstanceRefresh",
        (query, request) => query.Add("AutoScalingGroupName", request.AutoScalingGroupName),
        xml => new RollbackInstanceRefreshResponse { InstanceRefreshId = xml.Text("InstanceRefreshId") },
        "ActiveInstanceRefreshNotFound",
        "IrreversibleInstanceRefresh",
        "LimitExceeded",
        "ResourceContention");

    public static readonly Operation<DescribeInstanceRefreshesRequest, DescribeInstanceRefreshesResponse> DescribeInstanceRefreshes = new(
        "DescribeInstanceRefreshes",
        (query, request) =>
        {
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.AddList("InstanceRefreshIds", request.InstanceRefreshIds);
            query.Add("MaxRecords", request.MaxRecords);
            query.Add("NextToken", request.NextToken);
        },
        xml => new DescribeInstanceRefreshesResponse
        {
            InstanceRefreshes = xml.List("InstanceRefreshes", ReadRefresh),
            NextToken = xml.Text("NextToken"),
        },
        "InvalidNextToken",
        "ResourceContention");

    private static void WritePreferences(QueryParameters query, RefreshPreferences preferences)
    {
        query.Add("AutoRollback", preferences.AutoRollback);
        query.Add("BakeTime", preferences.BakeTime);
        query.Add("CheckpointDelay", preferences.CheckpointDelay);
        query.AddList("CheckpointPercentages", preferences.CheckpointPercentages?.ConvertAll(percent => percent.ToString(CultureInfo.InvariantCulture)));
        query.Add("InstanceWarmup", preferences.InstanceWarmup);
        query.Add("MaxHealthyPercentage", preferences.MaxHealthyPercentage);
        query.Add("MinHealthyPercentage", preferences.MinHealthyPercentage);
        query.Add("ScaleInProtectedInstances", preferences.ScaleInProtectedInstances);
        query.Add("SkipMatching", preferences.SkipMatching);
        query.Add("StandbyInstances", preferences.StandbyInstances);
    }

    private static InstanceRefresh ReadRefresh(XmlElement xml) => new()
    {
        AutoScalingGroupName = xml.Text("AutoScalingGroupName"),
        DesiredConfiguration = xml.Object("DesiredConfiguration", desired => new DesiredConfiguration
        {
            LaunchTemplate = desired.Object("LaunchTemplate", Reading.LaunchTemplate),
            MixedInstancesPolicy = desired.Object("MixedInstancesPolicy", Reading.MixedInstancesPolicy),
        }),
        EndTime = xml.Time("EndTime"),
        InstanceRefreshId = xml.Text("InstanceRefreshId"),
        InstancesToUpdate = xml.Int("InstancesToUpdate"),
        PercentageComplete = xml.Int("PercentageComplete"),
        Preferences = xml.Object("Preferences", ReadPreferences),
        RollbackDetails = xml.Object("RollbackDetails", rollback => new RollbackDetails
        {
            InstancesToUpdateOnRollback = rollback.Int("InstancesToUpdateOnRollback"),
            PercentageCompleteOnRollback = rollback.Int("PercentageCompleteOnRollback"),
            RollbackReason = rollback.Text("RollbackReason"),
            RollbackStartTime = rollback.Time("RollbackStartTime"),
        }),
        StartTime = xml.Time("StartTime"),
        Status = xml.Text("Status"),
        StatusReason = xml.Text("StatusReason"),
        Strategy = xml.Text("Strategy"),
    };

    private static RefreshPreferences ReadPreferences(XmlElement xml) => new()
    {
        AutoRollback = xml.Bool("AutoRollback"),
        BakeTime = xml.Int("BakeTime"),
        CheckpointDelay = xml.Int("CheckpointDelay"),
        CheckpointPercentages = xml.Strings("CheckpointPercentages")?.ConvertAll(percent => int.Parse(percent, CultureInfo.InvariantCulture)),
        InstanceWarmup = xml.Int("InstanceWarmup"),
        MaxHealthyPercentage = xml.Int("MaxHealthyPercentage"),
        MinHealthyPercentage = xml.Int("MinHealthyPercentage"),
        ScaleInProtectedInstances = xml.Text("ScaleInProtectedInstances"),
        SkipMatching = xml.Bool("SkipMatching"),
        StandbyInstances = xml.Text("StandbyInstances"),
    };
}
