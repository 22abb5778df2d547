using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Logs;
using Charlie.Sandbox.Schedules;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;

namespace Charlie.Sandbox.Template;

/// <summary>Takes away what <see cref="Stack"/> made, but what the template keeps.</summary>
internal static class StackRemoval
{
    /// <summary>Called under the cloud's lock.</summary>
    public static void Remove(
        StackModel model,
        EventRouter events,
        Functions functions,
        Topics topics,
        Queues queues,
        LogGroups logGroups,
        Scheduling scheduling,
        StackDestinations destinations)
    {
        foreach (var schedule in model.Schedules)
        {
            scheduling.Delete(schedule.Name);
        }

        foreach (var rule in model.Rules)
        {
            if (events.FindBus(rule.BusName) is { } bus && bus.Rules.TryGetValue(rule.Settings.Name, out var made))
            {
                EventRouter.DeleteRule(bus, made);
            }
        }

        destinations.Remove(model);
        foreach (var bus in model.Buses.Select(bus => events.FindBus(bus.Name)).OfType<EventBus>())
        {
            events.DeleteBus(bus);
        }

        foreach (var function in model.Functions)
        {
            functions.Delete(function);
        }

        foreach (var topic in model.Topics.Select(topic => topics.Find(Account.Arn("sns", topic.Name))).OfType<Topic>())
        {
            topics.Delete(topic);
        }

        foreach (var queue in model.Queues.Where(name => !model.Retained.Contains(name)))
        {
            queues.Delete(queue);
        }

        foreach (var group in model.LogGroups.Where(name => !model.Retained.Contains(name)))
        {
            logGroups.Delete(group);
        }
    }
}
