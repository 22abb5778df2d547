using Amazon.AutoScaling.Model;

namespace Amazon.AutoScaling.Marshalling;

/// <summary>The operation on scheduled actions.</summary>
internal static class ScheduleOperations
{
    public static readonly Operation<DescribeScheduledActionsRequest, DescribeScheduledActionsResponse> DescribeScheduledActions = new(
        "DescribeScheduledActions",
        (query, request) =>
        {
            query.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            query.AddList("ScheduledActionNames", request.ScheduledActionNames);
            query.Add("StartTime", request.StartTime);
            query.Add("EndTime", request.EndTime);
            query.Add("NextToken", request.NextToken);
            query.Add("MaxRecords", request.MaxRecords);
        },
        xml => new DescribeScheduledActionsResponse
        {
            NextToken = xml.Text("NextToken"),
            ScheduledUpdateGroupActions = xml.List("ScheduledUpdateGroupActions", Action),
        },
        "InvalidNextToken",
        "ResourceContention");

    private static ScheduledUpdateGroupAction Action(XmlElement xml) => new()
    {
        AutoScalingGroupName = xml.Text("AutoScalingGroupName"),
        DesiredCapacity = xml.Int("DesiredCapacity"),
        EndTime = xml.Time("EndTime"),
        MaxSize = xml.Int("MaxSize"),
        MinSize = xml.Int("MinSize"),
        Recurrence = xml.Text("Recurrence"),
        ScheduledActionARN = xml.Text("ScheduledActionARN"),
        ScheduledActionName = xml.Text("ScheduledActionName"),
        StartTime = xml.Time("StartTime"),
        Time = xml.Time("Time"),
        TimeZone = xml.Text("TimeZone"),
    };
}
