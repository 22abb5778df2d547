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
            query.Add("DesiredConfiguration", request.DesiredConfiguration, WriteDesired);
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

    private static void WriteDesired(QueryParameters query, DesiredConfiguration value)
    {
        query.Add("LaunchTemplate", value.LaunchTemplate, Writing.LaunchTemplate);
        query.Add("MixedInstancesPolicy", value.MixedInstancesPolicy, Writing.MixedInstancesPolicy);
    }

    private static void WritePreferences(QueryParameters query, RefreshPreferences value)
    {
        query.Add("AutoRollback", value.AutoRollback);
        query.Add("BakeTime", value.BakeTime);
        query.Add("CheckpointDelay", value.CheckpointDelay);
        query.AddList(
            "CheckpointPercentages",
                value.CheckpointPercentages?.ConvertAll(percentage => percentage.ToString(CultureInfo.InvariantCulture)));
        query.Add("InstanceWarmup", value.InstanceWarmup);
        query.Add("MaxHealthyPercentage", value.MaxHealthyPercentage);
        query.Add("MinHealthyPercentage", value.MinHealthyPercentage);
        query.Add("ScaleInProtectedInstances", value.ScaleInProtectedInstances);
        query.Add("SkipMatching", value.SkipMatching);
        query.Add("StandbyInstances", value.StandbyInstances);
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
        CheckpointPercentages = xml.Strings("CheckpointPercentages")?.ConvertAll(text => int.Parse(text, CultureInfo.InvariantCulture)),
        InstanceWarmup = xml.Int("InstanceWarmup"),
        MaxHealthyPercentage = xml.Int("MaxHealthyPercentage"),
        MinHealthyPercentage = xml.Int("MinHealthyPercentage"),
        ScaleInProtectedInstances = xml.Text("ScaleInProtectedInstances"),
        SkipMatching = xml.Bool("SkipMatching"),
        StandbyInstances = xml.Text("StandbyInstances"),
    };
}
