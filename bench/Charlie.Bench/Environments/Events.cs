using System.Text.Json.Nodes;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Production;

namespace Charlie.Bench.Environments;

/// <summary>The events as EventBridge hands them to a function, after AWS's own examples.</summary>
internal static class Events
{
    private static readonly BotImage Next = new("1.1");

    public static string ImagePushed() =>
        Envelope("charlie.ci", "Image Pushed", [], Pipeline.FirstDetail(Next));

    public static string Scheduled() =>
        Envelope("aws.events", "Scheduled Event", [Account.Arn("events", "rule/charlie-sweep")], []);

    /// <summary>One that both functions refuse without a call.</summary>
    public static string Unknown() => Envelope("charlie.bench", "Nothing", [], []);

    public static string InstanceLaunch(string instanceId) => Envelope(
        "aws.autoscaling",
        "EC2 Instance-launch Lifecycle Action",
        [Account.Arn("autoscaling", $"autoScalingGroup:2f4b6d9e-7b1a-4d4b-8c7a-0a5d3f7f0c11:autoScalingGroupName/{ProductionGroup.Name}")],
        new JsonObject
        {
            ["LifecycleActionToken"] = "87654321-4321-4321-4321-210987654321",
            ["AutoScalingGroupName"] = ProductionGroup.Name,
            ["LifecycleHookName"] = ProductionGroup.HookName,
            ["EC2InstanceId"] = instanceId,
            ["LifecycleTransition"] = "autoscaling:EC2_INSTANCE_LAUNCHING",
            ["Origin"] = "EC2",
            ["Destination"] = "AutoScalingGroup",
        });

    private static string Envelope(string source, string detailType, JsonArray resources, JsonObject detail) => new JsonObject
    {
        ["version"] = "0",
        ["id"] = "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
        ["detail-type"] = detailType,
        ["source"] = source,
        ["account"] = Account.Id,
        ["time"] = "2026-01-05T12:00:00Z",
        ["region"] = Account.Region,
        ["resources"] = resources,
        ["detail"] = detail,
    }.ToJsonString();
}
