using Charlie.Sandbox.Context;

namespace Charlie.Simulation.Production;

/// <summary>The parameters of <c>serverless.template</c> that every environment gives.</summary>
internal static class StackParameters
{
    /// <summary>The app's own alarm.</summary>
    public const string Alarm = "orders-rejected";

    /// <param name="templateId">The id of the group's launch template.</param>
    /// <param name="imageRepository">The one repository whose images may be deployed.</param>
    /// <param name="strategy">How instances are replaced; except with Rolling the app is a singleton.</param>
    /// <param name="others">Further parameters, by name; those above win over them.</param>
    public static Dictionary<string, string> Of(
        string templateId, string imageRepository, string strategy, IReadOnlyDictionary<string, string> others) => new(others)
        {
            ["App"] = ProductionGroup.Name,
            ["GroupName"] = ProductionGroup.Name,
            ["LaunchTemplateId"] = templateId,
            ["LaunchHookName"] = ProductionGroup.HookName,
            ["ImageRepository"] = imageRepository,
            ["ProjectId"] = $"{Pipeline.ProjectId}",
            ["ProjectUrl"] = Pipeline.ProjectUrl,
            ["CiRoleArn"] = $"arn:aws:iam::{Account.Id}:role/charlie-ci",
            ["OpsRoleArns"] = $"arn:aws:iam::{Account.Id}:role/charlie-ops",
            ["BakeAlarms"] = Alarm,
            ["VpcId"] = "vpc-0123456789abcdef0",
            ["SubnetIds"] = "subnet-0123456789abcdef0",
            ["EventBusName"] = Pipeline.BusName,
            ["Strategy"] = strategy,
            ["Singleton"] = strategy == "Rolling" ? "false" : "true",
        };
}
