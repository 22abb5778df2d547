using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The operations on the tags of groups.</summary>
internal sealed class GroupTagApi(AutoScalingGroupStore groups)
{
    public const string ResourceType = "auto-scaling-group";

    private static readonly string[] Filters = ["auto-scaling-group", "key", "value", "propagate-at-launch"];

    private const int MaxTags = 50;
    private const int MaxKey = 128;
    private const int MaxValue = 256;
    private const int UsualPage = 50;
    private const int LargestPage = 100;

    /// <summary>Reads tags of a group and checks them as Auto Scaling does.</summary>
    public static List<GroupTag> Read(IReadOnlyList<QueryParameters> list, string groupName) => [.. list.Select(tag =>
    {
        if ((tag.Text("ResourceId") ?? groupName) != groupName || (tag.Text("ResourceType") ?? ResourceType) != ResourceType)
        {
            throw AutoScalingErrors.Invalid($"The tag is of another resource than the Auto Scaling group {groupName}.");
        }

        var key = tag.Required("Key");
        var value = tag.Text("Value") ?? string.Empty;
        return ResourceTags.IsReserved(key)
                ? throw AutoScalingErrors.Invalid("Tag keys starting with 'aws:' are reserved for internal use.")
            : key.Length > MaxKey ? throw AutoScalingErrors.TooLong("tags.1.member.key", key, MaxKey)
            : value.Length > MaxValue ? throw AutoScalingErrors.TooLong("tags.1.member.value", value, MaxValue)
            : new GroupTag(key, value, tag.Flag("PropagateAtLaunch") ?? false);
    })];

    /// <summary>Puts tags on a group, all or none.</summary>
    public static void Put(AutoScalingGroup group, IReadOnlyList<GroupTag> tags)
    {
        if (group.Tags.Keys.Union(tags.Select(tag => tag.Key)).Count() > MaxTags)
        {
            throw new AwsException("LimitExceeded", $"An Auto Scaling group may have up to {MaxTags} tags.");
        }

        foreach (var tag in tags)
        {
            group.Put(tag);
        }
    }

    public AwsResponse CreateOrUpdate(AwsRequest request, QueryParameters parameters)
    {
        foreach (var (group, tags) in Named(parameters))
        {
            Put(group, Read(tags, group.Name));
        }

        return XmlResponse.Query(request);
    }

    public AwsResponse Delete(AwsRequest request, QueryParameters parameters)
    {
        foreach (var (group, tags) in Named(parameters))
        {
            foreach (var tag in tags)
            {
                group.RemoveTag(tag.Required("Key"));
            }
        }

        return XmlResponse.Query(request);
    }

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var filters = parameters.Structures("Filters")
            .Select(filter => (Name: filter.Required("Name"), Values: filter.List("Values"))).ToList();
        if (filters.Find(filter => !Filters.Contains(filter.Name)) is { Name: { } unknown })
        {
            throw AutoScalingErrors.Invalid(
                $"Filter type {unknown} is not correct. Allowed Filter types are: auto-scaling-group key propagate-at-launch value");
        }

        var found = groups.All.SelectMany(group => group.Tags.Values.Select(tag => (Group: group, Tag: tag)))
            .Where(one => filters.TrueForAll(filter => filter.Values.Contains(ValueOf(one.Group, one.Tag, filter.Name))));
        var token = parameters.Text("NextToken");
        var page = Paging.Take(
            found, one => $"{one.Group.Name}\0{one.Tag.Key}", token, parameters.Integer("MaxRecords", 1, LargestPage) ?? UsualPage,
            () => AutoScalingErrors.InvalidToken(token));
        return XmlResponse.Query(request, xml =>
        {
            xml.List("Tags", "member", page.Items, one => GroupXml.Write(xml, one.Group, one.Tag));
            xml.Element("NextToken", page.NextToken);
        });
    }

    private List<(AutoScalingGroup Group, IReadOnlyList<QueryParameters> Tags)> Named(QueryParameters parameters)
    {
        var tags = parameters.Structures("Tags");
        if (tags.Count == 0)
        {
            throw AutoScalingErrors.Instance.Missing("Tags");
        }

        if (tags.FirstOrDefault(tag => tag.Text("ResourceType") is not (null or ResourceType)) is { } other)
        {
            throw AutoScalingErrors.NotInSet("tags.1.member.resourceType", other.Text("ResourceType")!, ResourceType);
        }

        return [.. tags.GroupBy(tag => tag.Required("ResourceId"))
            .Select(of => (groups.Get(of.Key), (IReadOnlyList<QueryParameters>)[.. of]))];
    }

    private static string ValueOf(AutoScalingGroup group, GroupTag tag, string filter) => filter switch
    {
        "auto-scaling-group" => group.Name,
        "key" => tag.Key,
        "value" => tag.Value,
        _ => tag.PropagateAtLaunch ? "true" : "false",
    };
}
