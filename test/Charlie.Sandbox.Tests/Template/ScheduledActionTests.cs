using System.Globalization;
using System.Text;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Template;
using Charlie.Sandbox.Tests.AutoScaling;
using Charlie.Sandbox.Tests.EventBridge;

namespace Charlie.Sandbox.Tests.Template;

/// <summary><c>AWS::AutoScaling::ScheduledAction</c> of a stack whose group is there.</summary>
public sealed class ScheduledActionTests : IDisposable
{
    private static readonly Dictionary<string, string> Hours = new()
    {
        ["OpenSchedule"] = "30 11 * * 0",
        ["CloseSchedule"] = "15 11 * * 0",
        ["Instances"] = "2",
        ["Singleton"] = "false",
    };

    private readonly SimulatedCloud cloud = new();

    public ScheduledActionTests() => cloud.CreateGroup(2);

    public void Dispose() => cloud.Dispose();

    /// <summary>The two resources as they are deployed, on a group that the sandbox has.</summary>
    [Fact]
    public void The_group_of_the_production_stack_is_closed_and_opened_at_the_market_hours()
    {
        cloud.Until(() => cloud.States() is ["InService", "InService"], "in service");
        Deploy(ProductionTemplate(), Hours);
        cloud.Until(() => cloud.States() is [], "closed");
        // 11:15 and 11:30 in São Paulo.
        Assert.Equal("14:15", Clock());
        cloud.Until(() => cloud.States() is ["InService", "InService"], "open");
        Assert.Equal("14:30", Clock());
        var group = cloud.Cloud.AutoScaling.Find("charlie")!;
        Assert.Equal((2, 2, 2), (group.MinSize, group.MaxSize, group.DesiredCapacity));
    }

    [Fact]
    public void Without_market_hours_the_production_stack_has_no_scheduled_action()
    {
        Deploy(ProductionTemplate(), []);
        Assert.Empty(cloud.Group("DescribeScheduledActions").Descendants("member"));
    }

    [Fact]
    public void Market_hours_need_both_schedules()
    {
        var refused = Assert.Throws<TemplateException>(() => Deploy(ProductionTemplate(), new() { ["OpenSchedule"] = "30 9 * * 1-5" }));
        Assert.Contains("OpenSchedule needs CloseSchedule", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AutoScalingGroupName: charlie", "AutoScalingGroupName: other", "not found")]
    [InlineData("Recurrence: 0 9 * * *", "Recurrence: 0 9 * *", "Given recurrence string:0 9 * * is invalid")]
    [InlineData("MinSize: 1", "Min: 1", ".Min: is not a property of AWS::AutoScaling::ScheduledAction")]
    public void A_mistake_is_named_and_no_action_of_the_stack_is_planned(string written, string instead, string message)
    {
        const string Text = """
            Resources:
              First:
                Type: AWS::AutoScaling::ScheduledAction
                Properties: { AutoScalingGroupName: charlie, Recurrence: 0 8 * * *, MinSize: 0 }
              Second:
                Type: AWS::AutoScaling::ScheduledAction
                Properties:
                  AutoScalingGroupName: charlie
                  Recurrence: 0 9 * * *
                  MinSize: 1
            """;
        Assert.Contains(written, Text, StringComparison.Ordinal);
        var template = string.Concat(Text.AsSpan(0, Text.IndexOf("Second", StringComparison.Ordinal)),
            Text[Text.IndexOf("Second", StringComparison.Ordinal)..].Replace(written, instead, StringComparison.Ordinal));
        var refused = Assert.Throws<TemplateException>(() => Deploy(template, []));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Empty(cloud.Group("DescribeScheduledActions").Descendants("member"));
        Deploy(Text, []);
        Assert.Equal(2, cloud.Group("DescribeScheduledActions").Descendants("member").Count());
    }

    private void Deploy(string template, Dictionary<string, string> parameters) =>
        new EventPlane(cloud.Cloud.Context, new ScriptedHost(), groups: cloud.Cloud.AutoScaling).Deploy(template, parameters);

    private string Clock() => cloud.Now.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The part of the template that is about market hours; the group's reference becomes the name of the group.</summary>
    private static string ProductionTemplate()
    {
        var part = new StringBuilder();
        string[] wanted =
        [
            "OpenSchedule", "CloseSchedule", "MarketTimeZone", "Instances", "Singleton", "Handover", "OpenAndClosed", "IsSingleton", "HandsOver",
            "HasMarketHours",
            "OpenAction", "CloseAction",
        ];
        var keeps = false;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "infrastructure", "production.template")))
        {
            var isSection = line.Length > 0 && line[0] is not (' ' or '#');
            var isEntry = line.StartsWith("  ", StringComparison.Ordinal) && line.Length > 2 && line[2] is not (' ' or '#');
            keeps = isSection ? line is "Parameters:" or "Rules:" or "Conditions:" or "Resources:"
                : isEntry ? wanted.Contains(line.Trim().Split(':')[0]) : keeps && line.Length > 0 && !line.TrimStart().StartsWith('#');
            if (keeps)
            {
                part.AppendLine(line);
            }
        }

        return part.ToString().Replace("!Ref Group", "charlie", StringComparison.Ordinal);
    }
}
