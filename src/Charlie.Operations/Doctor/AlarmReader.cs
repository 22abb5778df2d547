using Charlie.Operations.Access;
using Charlie.Operations.Stack;

namespace Charlie.Operations.Doctor;

/// <summary>Reads the alarms of a stack, whose names CloudFormation begins with the stack's.</summary>
internal sealed class AlarmReader(StackDescription stack, SignedClient client)
{
    /// <exception cref="AwsCallException">AWS refused it, or did not respond.</exception>
    public async Task<IReadOnlyList<AlarmFacts>> ReadAsync(CancellationToken cancellation)
    {
        var alarms = new List<AlarmFacts>();
        var arguments = new Dictionary<string, string> { ["AlarmNamePrefix"] = stack.Name };
        do
        {
            var response = await client.QueryAsync("monitoring", "2010-08-01", "DescribeAlarms", arguments, cancellation);
            alarms.AddRange(response.List("MetricAlarms").Select(alarm => new AlarmFacts(
                alarm.Text("AlarmName"),
                alarm.Text("MetricName"),
                alarm.List("Dimensions").FirstOrDefault()?.Text("Value") ?? "",
                alarm.Text("ActionsEnabled") == "true",
                [.. alarm.List("AlarmActions").Select(action => action.Value)])));
            arguments["NextToken"] = response.Child("DescribeAlarmsResult")?.Text("NextToken") ?? "";
        }
        while (arguments["NextToken"].Length > 0);
        return alarms;
    }
}
