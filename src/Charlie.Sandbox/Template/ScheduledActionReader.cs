namespace Charlie.Sandbox.Template;

/// <summary>Reads <c>AWS::AutoScaling::ScheduledAction</c>, whose properties are the parameters of the API's operation.</summary>
internal static class ScheduledActionReader
{
    public static ScheduledActionModel Read(string name, TemplateNode properties)
    {
        properties.Only(
            ResourceTypes.ScheduledAction, "AutoScalingGroupName", "DesiredCapacity", "EndTime", "MaxSize", "MinSize", "Recurrence",
            "StartTime", "TimeZone");
        properties["AutoScalingGroupName"].Required();
        var written = properties.Members().ToDictionary(member => member.Name, member => member.Node.Required());
        written["ScheduledActionName"] = name;
        return new ScheduledActionModel(properties.Path, written);
    }
}
