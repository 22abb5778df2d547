using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The operations on scheduled actions.</summary>
internal sealed class ScheduledActionApi(AutoScalingGroupStore groups)
{
    private const int UsualPage = 50;
    private const int LargestPage = 100;
    private const int LargestBatch = 50;

    public AwsResponse Put(AwsRequest request, QueryParameters parameters)
    {
        Put(groups.Get(parameters.Required("AutoScalingGroupName")), parameters);
        return XmlResponse.Query(request);
    }

    public AwsResponse PutBatch(AwsRequest request, QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        return Batch(
            request, "FailedScheduledUpdateGroupActions",
            InBatch("ScheduledUpdateGroupActions", parameters.Structures("ScheduledUpdateGroupActions")),
            one => one.Required("ScheduledActionName"), one => Put(group, one));
    }

    public AwsResponse Delete(AwsRequest request, QueryParameters parameters)
    {
        groups.ScheduledActions.Delete(
            groups.Get(parameters.Required("AutoScalingGroupName")), parameters.Required("ScheduledActionName"));
        return XmlResponse.Query(request);
    }

    public AwsResponse DeleteBatch(AwsRequest request, QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        return Batch(
            request, "FailedScheduledActions", InBatch("ScheduledActionNames", parameters.List("ScheduledActionNames")),
            name => name, name => groups.ScheduledActions.Delete(group, name));
    }

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var names = parameters.List("ScheduledActionNames");
        // With names the times are not looked at.
        var from = names.Count > 0 ? null : parameters.Time("StartTime");
        var to = names.Count > 0 ? null : parameters.Time("EndTime");
        var found = (parameters.Text("AutoScalingGroupName") is { } name ? [groups.Get(name)] : groups.All)
            .SelectMany(group => group.ScheduledActions.Values.Select(planned => (Group: group, planned.Action)))
            .Where(one => names.Count == 0 || names.Contains(one.Action.Name) || names.Contains(one.Action.Arn))
            .Where(one => !(one.Action.StartTime < from) && !(one.Action.StartTime > to));
        var token = parameters.Text("NextToken");
        var page = Paging.Take(
            found, one => $"{one.Group.Name}\0{one.Action.Name}", token,
            parameters.Integer("MaxRecords", 1, LargestPage) ?? UsualPage, () => AutoScalingErrors.InvalidToken(token));
        return XmlResponse.Query(
            request,
            xml =>
            {
                xml.List("ScheduledUpdateGroupActions", "member", page.Items, one => Write(xml, one.Group, one.Action));
                xml.Element("NextToken", page.NextToken);
            },
            page);
    }

    private void Put(AutoScalingGroup group, QueryParameters parameters)
    {
        if (group.IsDeleted)
        {
            throw AutoScalingErrors.InProgress($"AutoScalingGroup '{group.Name}' is pending delete and cannot be changed.");
        }

        groups.ScheduledActions.Put(group, groups.ScheduledActions.Read(group, parameters));
    }

    private static IReadOnlyList<T> InBatch<T>(string name, IReadOnlyList<T> items) => items.Count switch
    {
        0 => throw AutoScalingErrors.Instance.Missing(name),
        > LargestBatch => throw AutoScalingErrors.Invalid($"A batch has at most {LargestBatch} scheduled actions."),
        _ => items,
    };

    /// <summary>Does one after the other; one that fails is named in the response and stops no other.</summary>
    private static AwsResponse Batch<T>(
        AwsRequest request, string failures, IReadOnlyList<T> items, Func<T, string> nameOf, Action<T> perform)
    {
        var failed = new List<(string Name, AwsException Error)>();
        foreach (var item in items)
        {
            var name = nameOf(item);
            try
            {
                perform(item);
            }
            catch (AwsException error)
            {
                failed.Add((name, error));
            }
        }

        return XmlResponse.Query(request, xml => xml.List(failures, "member", failed, one =>
        {
            xml.Element("ScheduledActionName", one.Name);
            xml.Element("ErrorCode", one.Error.Code);
            xml.Element("ErrorMessage", one.Error.Message);
        }));
    }

    private static void Write(XmlResponse xml, AutoScalingGroup group, ScheduledAction action)
    {
        xml.Element("AutoScalingGroupName", group.Name);
        xml.Element("ScheduledActionName", action.Name);
        xml.Element("ScheduledActionARN", action.Arn);
        xml.Element("Time", action.StartTime);
        xml.Element("StartTime", action.StartTime);
        xml.Element("EndTime", action.EndTime);
        xml.Element("Recurrence", action.Recurrence);
        xml.Element("MinSize", action.MinSize);
        xml.Element("MaxSize", action.MaxSize);
        xml.Element("DesiredCapacity", action.DesiredCapacity);
        xml.Element("TimeZone", action.TimeZone);
    }
}
