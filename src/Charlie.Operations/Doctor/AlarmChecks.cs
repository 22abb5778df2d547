namespace Charlie.Operations.Doctor;

/// <summary>What is noticed without Charlie: a function that fails, or does not run, and what waits in the queue.</summary>
internal static class AlarmChecks
{
    private static readonly string[] OfFunctions = ["Errors", "Throttles", "DestinationDeliveryFailures", "Invocations"];

    public static IEnumerable<Finding> Of(DoctorFacts facts) => facts.Alarms is { } alarms ? Of(facts, alarms) : [];

    private static IEnumerable<Finding> Of(DoctorFacts facts, IReadOnlyList<AlarmFacts> alarms)
    {
        var stack = facts.Stack;
        var queue = stack.Queue[(stack.Queue.LastIndexOf('/') + 1)..];
        var missing = ((string[])[stack.Refresh, stack.Lifecycle])
            .SelectMany(function => OfFunctions.Select(metric => (Metric: metric, Of: function)))
            .Append((Metric: "ApproximateNumberOfMessagesVisible", Of: queue))
            .Where(needed => !alarms.Any(alarm => (alarm.Metric, alarm.Of) == needed))
            .Select(needed => $"{needed.Metric} of {needed.Of}")
            .ToList();
        if (missing.Count > 0)
        {
            yield return new Finding(
                "alarms", "AlarmMissing", $"No alarm watches {string.Join(", ", missing)}.", "Update the stack: it makes it again.");
        }

        // Another stack's name may begin with this one's.
        string[] watched = [stack.Refresh, stack.Lifecycle, queue];
        var ours = alarms.Where(alarm => watched.Contains(alarm.Of)).ToList();
        foreach (var alarm in ours.Where(alarm => !alarm.IsEnabled))
        {
            yield return new Finding(
                "alarms",
                "AlarmDisabled",
                $"The actions of alarm {alarm.Name} are disabled: nobody is notified of it.",
                $"aws cloudwatch enable-alarm-actions --alarm-names {alarm.Name}");
        }

        foreach (var alarm in ours.Where(alarm => !alarm.Actions.Contains(stack.Topic)))
        {
            yield return new Finding(
                "alarms", "AlarmUnheard", $"Alarm {alarm.Name} does not notify the alert topic.", "Update the stack: it makes it again.");
        }
    }
}
