using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge.Patterns;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.EventBridge.Api;

/// <summary>The operations on rules.</summary>
internal sealed class RuleOperations(EventRouter router, BusOperations buses)
{
    private const string Name = @"[\.\-_A-Za-z0-9]+";

    public JsonObject PutRule(JsonArguments arguments)
    {
        var bus = buses.Existing(arguments, "EventBusName");
        var name = arguments.Required("Name", 64, Name);
        var pattern = arguments.Text("EventPattern", 4096);
        var schedule = arguments.Text("ScheduleExpression", 256);
        if (string.IsNullOrEmpty(pattern) && string.IsNullOrEmpty(schedule))
        {
            throw new AwsException("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
        }

        if (!string.IsNullOrEmpty(schedule) && bus.Name != EventBus.Default)
        {
            throw new AwsException("ValidationException", "ScheduleExpression is supported only on the default event bus.");
        }

        var state = arguments.Text("State", 64, "ENABLED|DISABLED|ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
        var rule = router.PutRule(bus, new RuleSettings(name)
        {
            Pattern = string.IsNullOrEmpty(pattern) ? null : Pattern(pattern),
            Schedule = string.IsNullOrEmpty(schedule) ? null : Schedule(schedule),
            Enabled = state != "DISABLED",
            Description = arguments.Text("Description", 512),
            RoleArn = arguments.Text("RoleArn", 1600),
            LogicalId = bus.Rules.GetValueOrDefault(name)?.Settings.LogicalId,
        });
        return new JsonObject { ["RuleArn"] = rule.Arn };
    }

    public JsonObject DescribeRule(JsonArguments arguments) => Describe(Existing(arguments, "Name").Rule);

    public JsonObject ListRules(JsonArguments arguments)
    {
        var prefix = arguments.Text("NamePrefix", 64, Name) ?? "";
        var rules = buses.Existing(arguments, "EventBusName").Rules.Values;
        return EventsPage.Write("Rules", rules.Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal)), Describe, arguments);
    }

    public JsonObject? DeleteRule(JsonArguments arguments)
    {
        var bus = buses.Existing(arguments, "EventBusName");
        if (bus.Rules.TryGetValue(arguments.Required("Name", 64, Name), out var rule))
        {
            if (rule.Targets.Count > 0)
            {
                throw new AwsException("ValidationException", "Rule can't be deleted since it has targets.");
            }

            EventRouter.DeleteRule(bus, rule);
        }

        return null;
    }

    public JsonObject? Enable(JsonArguments arguments, bool enabled)
    {
        var (bus, rule) = Existing(arguments, "Name");
        router.PutRule(bus, rule.Settings with { Enabled = enabled });
        return null;
    }

    public static JsonObject TestEventPattern(JsonArguments arguments)
    {
        var pattern = Pattern(arguments.Required("EventPattern", 4096));
        var @event = EventJson.ParseObject(arguments.Required("Event"))
            ?? throw new AwsException("ValidationException", "Parameter Event is not valid.");
        foreach (var required in (string[])["id", "account", "source", "time", "region", "resources", "detail-type"])
        {
            if (!@event.ContainsKey(required))
            {
                throw new AwsException("ValidationException", $"Parameter Event is not valid. Reason: {required} is a required field.");
            }
        }

        return new JsonObject { ["Result"] = pattern.Matches(@event) };
    }

    /// <summary>The rule that a request names, and its bus.</summary>
    public (EventBus Bus, EventRule Rule) Existing(JsonArguments arguments, string member)
    {
        var bus = buses.Existing(arguments, "EventBusName");
        var name = arguments.Required(member, 64, Name);
        return bus.Rules.TryGetValue(name, out var rule)
            ? (bus, rule)
            : throw new AwsException("ResourceNotFoundException", $"Rule {name} does not exist on EventBus {bus.Name}.");
    }

    private static EventPattern Pattern(string text)
    {
        try
        {
            return EventPattern.Parse(text);
        }
        catch (InvalidEventPatternException refused)
        {
            throw new AwsException("InvalidEventPatternException", $"Event pattern is not valid. Reason: {refused.Message}");
        }
    }

    private static ScheduleExpression Schedule(string text)
    {
        try
        {
            return ScheduleExpression.Parse(text);
        }
        catch (FormatException refused)
        {
            throw new AwsException("ValidationException", $"Parameter ScheduleExpression is not valid. Reason: {refused.Message}");
        }
    }

    private static JsonObject Describe(EventRule rule)
    {
        var document = new JsonObject
        {
            ["Name"] = rule.Name,
            ["Arn"] = rule.Arn,
            ["State"] = rule.Settings.Enabled ? "ENABLED" : "DISABLED",
            ["EventBusName"] = rule.BusName,
        };
        BusOperations.Optional(document, "EventPattern", rule.Settings.Pattern?.Text);
        BusOperations.Optional(document, "ScheduleExpression", rule.Settings.Schedule?.Text);
        BusOperations.Optional(document, "Description", rule.Settings.Description);
        return BusOperations.Optional(document, "RoleArn", rule.Settings.RoleArn);
    }
}
