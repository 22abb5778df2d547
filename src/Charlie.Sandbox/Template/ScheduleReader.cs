using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Crons;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Schedules;

namespace Charlie.Sandbox.Template;

/// <summary>Reads <c>AWS::Scheduler::Schedule</c>, as far as its target is an event bus.</summary>
internal static class ScheduleReader
{
    public static Schedule Read(string name, TemplateNode properties)
    {
        properties.Only(
            ResourceTypes.Schedule, "Name", "Description", "ScheduleExpression", "ScheduleExpressionTimezone",
            "FlexibleTimeWindow", "State", "Target");
        properties["FlexibleTimeWindow"].Only("FlexibleTimeWindow", "Mode")["Mode"].OneOf("OFF");
        properties["State"].OneOf("ENABLED");
        var target = properties["Target"].Only(
            "Target", "Arn", "RoleArn", "EventBridgeParameters", "Input", "RetryPolicy", "DeadLetterConfig");
        var parameters = target["EventBridgeParameters"].Only("EventBridgeParameters", "Source", "DetailType");
        return new Schedule(
            name,
            RuleReader.Schedule(properties["ScheduleExpression"]) ?? throw properties["ScheduleExpression"].Wrong("is missing"),
            Zone(properties["ScheduleExpressionTimezone"]),
            target["Arn"].Required(),
            target["RoleArn"].Required(),
            parameters["Source"].Required(),
            parameters["DetailType"].Required(),
            Detail(target["Input"]));
    }

    private static TimeZoneInfo Zone(TemplateNode node)
    {
        var name = node.Text() ?? "UTC";
        return TimeZones.Find(name)
            ?? throw node.Wrong($"'{name}' is no time zone of this machine's zone database; write an IANA name such as America/Sao_Paulo");
    }

    private static JsonObject Detail(TemplateNode node)
    {
        try
        {
            return JsonNode.Parse(node.Required()) as JsonObject ?? throw node.Wrong("must be a JSON object, the event's detail");
        }
        catch (JsonException)
        {
            throw node.Wrong("must be a JSON object, the event's detail");
        }
    }
}
