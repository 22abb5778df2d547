using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge;

namespace Charlie.Sandbox.Schedules;

/// <summary>A schedule of EventBridge Scheduler whose target is an event bus.</summary>
/// <param name="Zone">The time zone that its cron is read in.</param>
/// <param name="Bus">The bus, by its name or ARN.</param>
/// <param name="Role">Under which it puts events.</param>
/// <param name="Detail">The detail of its event.</param>
public sealed record Schedule(
    string Name,
    ScheduleExpression Expression,
    TimeZoneInfo Zone,
    string Bus,
    string Role,
    string Source,
    string DetailType,
    JsonObject Detail);
