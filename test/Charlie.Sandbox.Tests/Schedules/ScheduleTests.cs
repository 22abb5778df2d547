using System.Globalization;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Template;
using Charlie.Sandbox.Tests.EventBridge;

namespace Charlie.Sandbox.Tests.Schedules;

/// <summary>EventBridge Scheduler as far as templates use it: crons in a time zone that put events on a bus.</summary>
public sealed class ScheduleTests
{
    [Theory]
    // São Paulo has no summer time since 2019.
    [InlineData("cron(45 9 ? * MON-FRI *)", "America/Sao_Paulo", "2026-11-22T14:03:07Z", "2026-11-23T12:45:00Z")]
    [InlineData("cron(0 0 1 * ? *)", "Asia/Kolkata", "2026-11-22T14:03:07Z", "2026-11-30T18:30:00Z")]
    [InlineData("cron(30 9 * * ? *)", "America/New_York", "2026-10-31T14:00:00Z", "2026-11-01T14:30:00Z")]
    [InlineData("cron(30 9 * * ? *)", "America/New_York", "2026-10-30T14:00:00Z", "2026-10-31T13:30:00Z")]
    // 02:30 of 8 March does not exist, and 01:30 of 1 November comes twice: at 05:30 UTC first.
    [InlineData("cron(30 2 * * ? *)", "America/New_York", "2026-03-07T08:00:00Z", "2026-03-09T06:30:00Z")]
    [InlineData("cron(30 1 * * ? *)", "America/New_York", "2026-10-31T06:00:00Z", "2026-11-01T05:30:00Z")]
    [InlineData("cron(30 1 * * ? *)", "America/New_York", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z")]
    public void A_cron_keeps_to_the_clocks_of_its_zone(string expression, string zone, string now, string next)
    {
        var at = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);
        Assert.Equal(
            DateTimeOffset.Parse(next, CultureInfo.InvariantCulture),
            at + ScheduleExpression.Parse(expression).Wait(at, TimeSpan.FromMinutes(1), TimeZoneInfo.FindSystemTimeZoneById(zone)));
    }

    [Fact]
    public void Each_turn_puts_one_event_on_the_bus()
    {
        using var world = new EventsWorld();
        world.Plane.Deploy(Template(), new Dictionary<string, string>());
        RulesTests.Turn(world, seconds: 11 * 3600);
        world.Settle();
        var puts = world.Timeline.From(0).Where(entry => entry.Kind == "EventPut").ToList();

        // From 11:03 local on: 12:00, 15:00, 18:00 and 21:00.
        Assert.Equal(
            ["15:00", "18:00", "21:00", "00:00"], puts.Select(put => put.At.ToString("HH:mm", CultureInfo.InvariantCulture)));
        Assert.All(puts, put => Assert.Equal("\"Hold Requested\" of charlie.ops on the bus charlie: no rule matched.", put.Text));
    }

    [Theory]
    [InlineData(
        "ScheduleExpression: cron(0 0/3 * * ? *)",
        "ScheduleExpression: cron(0 0/3 * *)",
        ".ScheduleExpression: cron(0 0/3 * *) has 4 fields")]
    [InlineData("America/Sao_Paulo", "Brazil/Brasilia", ".ScheduleExpressionTimezone: 'Brazil/Brasilia' is no time zone")]
    [InlineData("{ Mode: \"OFF\" }", "{ Mode: FLEXIBLE }", ".FlexibleTimeWindow.Mode: ")]
    [InlineData("Input: '{\"for\":\"1h\"}'", "Input: '[]'", ".Target.Input: must be a JSON object, the event's detail")]
    [InlineData("Input: '{\"for\":\"1h\"}'", "Input: '{'", ".Target.Input: must be a JSON object, the event's detail")]
    [InlineData("RoleArn: arn:aws:iam::123456789012:role/r", "Id: x", ".Target.Id: is not a property of Target")]
    public void A_mistake_is_named_with_its_place(string written, string instead, string message)
    {
        using var world = new EventsWorld();
        var template = Template();
        Assert.Contains(written, template, StringComparison.Ordinal);
        var refused = Assert.Throws<TemplateException>(() => world.Plane.Deploy(
            template.Replace(written, instead, StringComparison.Ordinal), new Dictionary<string, string>()));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static string Template() => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Bus: { Type: AWS::Events::EventBus, Properties: { Name: charlie } }
          Window:
            Type: AWS::Scheduler::Schedule
            Properties:
              Name: window
              ScheduleExpression: cron(0 0/3 * * ? *)
              ScheduleExpressionTimezone: America/Sao_Paulo
              FlexibleTimeWindow: { Mode: "OFF" }
              Target:
                Arn: !GetAtt Bus.Arn
                RoleArn: arn:aws:iam::123456789012:role/r
                EventBridgeParameters: { Source: charlie.ops, DetailType: Hold Requested }
                Input: '{"for":"1h"}'
        """;
}
