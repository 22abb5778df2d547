using System.Globalization;
using System.Text.Json.Nodes;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Template;

namespace Charlie.Sandbox.Server;

/// <summary>
/// What an update may change of a stack's machine side: an image is built anew, a launch template gets a version, and its group launches
/// from that version. No instance is replaced: CloudFormation does that only with an update policy of the group, which is not played.
/// </summary>
internal static class InfrastructureUpdate
{
    private const string Data = "LaunchTemplateData";

    /// <summary>A text that is equal for two models between which an update leads.</summary>
    public static string FixedPart(StackModel model) => StackChanges.Text(model.Infrastructure.Select(one => one.Type switch
    {
        InfrastructureTypes.Image => one with { Properties = null },
        InfrastructureTypes.LaunchTemplate => one with { Properties = Without(one.Properties, Data) },
        _ => one,
    }));

    /// <summary>Changes what differs.</summary>
    /// <param name="before">What the stack was made of.</param>
    /// <param name="names">What its resources are called; the new values are written here.</param>
    /// <param name="resolve">Reads the new template with the names that are known so far.</param>
    /// <param name="call">Calls an API by service, operation and parameters.</param>
    public static void Apply(
        StackModel before,
        Dictionary<string, string> names,
        Func<IReadOnlyDictionary<string, string>, StackModel> resolve,
        Func<string, string, Dictionary<string, string>, object?> call)
    {
        foreach (var image in Changed(InfrastructureTypes.Image))
        {
            names[$"{image.LogicalId}.ImageId"] = InfrastructureTypes.ImageIdOf(StackChanges.Text(image.Properties));
        }

        foreach (var template in Changed(InfrastructureTypes.LaunchTemplate))
        {
            var given = Beginning(CloudFormationProperties.OfTemplate(template.Properties), Data);
            given["LaunchTemplateId"] = names[template.LogicalId];
            var version = (LaunchTemplateVersion)call("ec2", "CreateLaunchTemplateVersion", given)!;
            names[$"{template.LogicalId}.LatestVersionNumber"] = version.Number.ToString(CultureInfo.InvariantCulture);
        }

        // Of the group only the version can differ: the sizes stay as a schedule or an operator set them.
        foreach (var group in Changed(InfrastructureTypes.Group))
        {
            var given = Beginning(CloudFormationProperties.OfGroup(group.Properties), "LaunchTemplate");
            given["AutoScalingGroupName"] = group.Name;
            call("autoscaling", "UpdateAutoScalingGroup", given);
        }

        IEnumerable<InfrastructureModel> Changed(string type) =>
            StackChanges.Changed(before.Infrastructure, resolve(names).Infrastructure.Where(one => one.Type == type));
    }

    private static Dictionary<string, string> Beginning(Dictionary<string, string> parameters, string member) =>
        parameters.Where(pair => pair.Key.StartsWith($"{member}.", StringComparison.Ordinal)).ToDictionary();

    private static JsonObject? Without(JsonNode? properties, string member)
    {
        var rest = properties?.DeepClone().AsObject();
        rest?.Remove(member);
        return rest;
    }
}
