using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Production;

namespace Charlie.Cli.Web.Documents;

/// <summary>An entry of the embedded AWS's timeline as the page lists it.</summary>
/// <param name="Who">The function or caller that caused it, else the service.</param>
/// <param name="IsRoutine">Whether it says nothing of the app: a sweep without work, an event that no one waits for.</param>
internal sealed record TimelineLine(DateTimeOffset At, string Who, string Source, string Kind, string Text, bool IsRoutine)
{
    // A function's event is a whole JSON document.
    private const int MaxText = 600;

    public static TimelineLine Of(TimelineEntry entry)
    {
        // A notification's text stands in the list of notifications.
        var text = IsNotification(entry) ? entry.Text.Split('\n')[0] : entry.Text;
        return new TimelineLine(
            entry.At,
            entry.Caller == ProductionGroup.OperatorKey ? "operator" : entry.Caller ?? entry.Source,
            entry.Source,
            entry.Kind,
            text.Length > MaxText ? $"{text[..MaxText]}..." : text,
            IsRoutineEntry(entry));
    }

    public static bool IsNotification(TimelineEntry entry) => entry.Kind == "MessagePublished";

    /// <summary>
    /// Whether it says nothing of the app: sweeps that find nothing, events that no one waits for, EC2's word on what the group says in
    /// the next line, and Notify's runs, whose alerts are the next line.
    /// </summary>
    public static bool IsRoutineEntry(TimelineEntry entry) => entry switch
    {
        { Kind: "ScheduleFired" } => true,
        { Subject: "Notify", Kind: "InvocationStarted" or "InvocationSucceeded" } => true,
        { Kind: "EventPut" } => entry.Data?.GetValueOrDefault("rules") is "",
        { Kind: "InvocationStarted" } => entry.Text.Contains("\"Scheduled Event\"", StringComparison.Ordinal),
        { Kind: "InvocationSucceeded" } => entry.Text.Contains("Nothing to do", StringComparison.Ordinal),
        { Source: "ec2", Kind: "InstanceStateChanged" } => true,
        _ => false,
    };
}

/// <summary>A notification as it was sent.</summary>
internal sealed record NotificationLine(DateTimeOffset At, string Topic, string Subject, string Text)
{
    public static NotificationLine Of(TimelineEntry entry)
    {
        var parts = entry.Text.Split("\n\n", 2);
        return new NotificationLine(entry.At, entry.Subject, parts[0], parts.Length > 1 ? parts[1] : "");
    }
}
