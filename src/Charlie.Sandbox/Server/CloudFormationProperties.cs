using System.Text.Json.Nodes;
using Charlie.Sandbox.Template;

namespace Charlie.Sandbox.Server;

/// <summary>A template's properties as the parameters of the API that makes the resource: CloudFormation has names of its own.</summary>
internal static class CloudFormationProperties
{
    private static readonly Dictionary<string, string> Ec2Names = new()
    {
        ["BlockDeviceMappings"] = "BlockDeviceMapping",
        ["Groups"] = "SecurityGroupId",
        ["NetworkInterfaces"] = "NetworkInterface",
        ["SecurityGroupIds"] = "SecurityGroupId",
        ["TagSpecifications"] = "TagSpecification",
        ["Tags"] = "Tag",
    };

    // Calls of their own, without an effect here.
    private static readonly string[] Apart = ["MetricsCollection", "NotificationConfigurations", "DeletionProtection"];

    public static Dictionary<string, string> OfTemplate(JsonNode? properties) =>
        Flat(properties, name => Ec2Names.GetValueOrDefault(name, name));

    public static Dictionary<string, string> OfGroup(JsonNode? properties)
    {
        var group = properties!.DeepClone().AsObject();
        foreach (var name in Apart)
        {
            group.Remove(name);
        }

        if (group["VPCZoneIdentifier"] is JsonArray subnets)
        {
            group["VPCZoneIdentifier"] = string.Join(',', subnets.Select(subnet => (string)subnet!));
        }

        return Flat(group, name => name);
    }

    public static Dictionary<string, string> OfAddress(JsonNode? properties)
    {
        var address = properties?.DeepClone().AsObject() ?? [];
        if (address["Tags"] is { } tags)
        {
            address.Remove("Tags");
            address["TagSpecifications"] = new JsonArray(new JsonObject { ["ResourceType"] = "elastic-ip", ["Tags"] = tags });
        }

        return OfTemplate(address);
    }

    private static Dictionary<string, string> Flat(JsonNode? node, Func<string, string> rename)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(flat, "", node, rename);
        return flat;
    }

    private static void Add(Dictionary<string, string> flat, string at, JsonNode? node, Func<string, string> rename)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    Add(flat, at.Length == 0 ? rename(name) : $"{at}.{rename(name)}", member, rename);
                }

                break;
            case JsonArray list:
                foreach (var (index, element) in list.Index())
                {
                    Add(flat, $"{at}.{index + 1}", element, rename);
                }

                break;
            default:
                flat[at] = new TemplateNode(at, node).Text() ?? "";
                break;
        }
    }
}
