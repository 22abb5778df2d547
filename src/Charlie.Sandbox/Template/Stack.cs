using System.Text.Json.Nodes;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Logs;
using Charlie.Sandbox.Schedules;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;

namespace Charlie.Sandbox.Template;

/// <summary>A template that was deployed.</summary>
public sealed class Stack
{
    public const string UsualName = "charlie";

    private Stack(StackModel model) => Model = model;

    public StackModel Model { get; }

    public IReadOnlyDictionary<string, string> Outputs => Model.Outputs;

    /// <summary>Reads a template's text and makes what it says. Called under the cloud's lock, once for a stack name.</summary>
    /// <exception cref="TemplateException">The template or a parameter's value cannot be used; nothing was made.</exception>
    public static Stack Deploy(
        string template,
        IReadOnlyDictionary<string, string> parameters,
        EventRouter events,
        Functions functions,
        Topics topics,
        Queues queues,
        LogGroups logGroups,
        Scheduling scheduling,
        AutoScalingGroupStore? groups = null,
        string stackName = UsualName) =>
        Deploy(
            TemplateDocument.Parse(template).Resolve(stackName, parameters),
            events,
            functions,
            topics,
            queues,
            logGroups,
            scheduling,
            groups);

    /// <summary>Makes what a template that was read says. Called under the cloud's lock, once for a stack name.</summary>
    /// <exception cref="TemplateException">It names something that is not there; nothing was made.</exception>
    public static Stack Deploy(
        StackModel model,
        EventRouter events,
        Functions functions,
        Topics topics,
        Queues queues,
        LogGroups logGroups,
        Scheduling scheduling,
        AutoScalingGroupStore? groups = null,
        StackDestinations? destinations = null)
    {
        CheckBuses(model, events);
        destinations?.Make(model);
        StackScheduledActions.Make(model.ScheduledActions, groups);
        foreach (var queue in model.Queues)
        {
            queues.Create(queue);
        }

        foreach (var logGroup in model.LogGroups)
        {
            logGroups.Create(logGroup);
        }

        foreach (var topic in model.Topics)
        {
            var made = topics.Create(topic.Name);
            if (topic.DisplayName is not null)
            {
                made.Attributes["DisplayName"] = topic.DisplayName;
            }
        }

        foreach (var subscription in model.Subscriptions)
        {
            if (topics.Find(subscription.TopicArn) is { } topic)
            {
                topics.Subscribe(topic, subscription.Protocol, subscription.Endpoint);
            }
        }

        foreach (var function in model.Functions)
        {
            functions.Create(function);
        }

        MakeEvents(model, events);
        foreach (var schedule in model.Schedules)
        {
            scheduling.Create(schedule);
        }

        return new Stack(model);
    }

    private static void CheckBuses(StackModel model, EventRouter events)
    {
        var known = model.Buses.Select(bus => bus.Name).ToHashSet();
        foreach (var rule in model.Rules)
        {
            if (!known.Contains(rule.BusName[(rule.BusName.LastIndexOf('/') + 1)..]) && events.FindBus(rule.BusName) is null)
            {
                throw new TemplateException(rule.Path + ".EventBusName", $"there is no event bus {rule.BusName}");
            }
        }
    }

    private static void MakeEvents(StackModel model, EventRouter events)
    {
        foreach (var bus in model.Buses)
        {
            events.CreateBus(bus.Name).Description = bus.Description;
        }

        MakePolicies(model, events);
        foreach (var rule in model.Rules)
        {
            var made = events.PutRule(events.FindBus(rule.BusName)!, rule.Settings);
            foreach (var target in rule.Targets)
            {
                made.Put(target);
            }
        }
    }

    /// <summary>Puts the policies of the buses, new or anew.</summary>
    internal static void MakePolicies(StackModel model, EventRouter events)
    {
        foreach (var statements in model.BusStatements.GroupBy(statement => statement.BusName))
        {
            if (events.FindBus(statements.Key) is { } bus)
            {
                bus.Policy = EventJson.Write(new JsonObject
                {
                    ["Version"] = "2012-10-17",
                    ["Statement"] = new JsonArray([.. statements.Select(statement => statement.Statement.DeepClone())]),
                });
            }
        }
    }
}
