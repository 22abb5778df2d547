using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>The operations on tags.</summary>
internal sealed class TagApi(Ec2Resources ec2)
{
    private const int MaxResources = 1000;
    private const int SmallestPage = 5;
    private const int LargestPage = 1000;

    public AwsResponse Create(AwsRequest request, QueryParameters parameters)
    {
        var tags = ResourceTags.Read(parameters.Structures("Tag"));
        if (tags.Count == 0)
        {
            throw Ec2Errors.Instance.Missing("Tag");
        }

        ec2.CreateTags(Resources(parameters), tags);
        return Done(request);
    }

    public AwsResponse Delete(AwsRequest request, QueryParameters parameters)
    {
        var tags = parameters.Structures("Tag")
            .Select(tag => (tag.Required("Key"), tag.Text("Value"))).ToList();
        if (tags.Find(tag => ResourceTags.IsReserved(tag.Item1)) is { Item1: { } reserved })
        {
            throw Ec2Errors.InvalidValue("key", reserved, "Tag keys starting with 'aws:' are reserved for internal use");
        }

        ec2.DeleteTags(Resources(parameters), tags);
        return Done(request);
    }

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var filters = Filters.Read(parameters, "key", "value", "resource-id", "resource-type", "tag:");
        var tags =
            from resource in ec2.Tagged
            from tag in resource.Tags.All
            where filters.Match(name => ValuesOf(name, resource.Id, resource.Type, tag))
            select (resource.Id, resource.Type, tag.Key, tag.Value);
        var page = Paging.Take(
            tags.OrderBy(tag => $"{tag.Id}/{tag.Key}", StringComparer.Ordinal), tag => $"{tag.Id}/{tag.Key}",
            parameters.Text("NextToken"), parameters.Integer("MaxResults", SmallestPage, LargestPage), Ec2Errors.InvalidToken);
        return XmlResponse.Ec2(request, xml =>
        {
            xml.List("tagSet", "item", page.Items, tag =>
            {
                xml.Element("resourceId", tag.Id);
                xml.Element("resourceType", tag.Type);
                xml.Element("key", tag.Key);
                xml.Element("value", tag.Value);
            });
            xml.Element("nextToken", page.NextToken);
        });
    }

    private static IReadOnlyList<string> Resources(QueryParameters parameters) => parameters.List("ResourceId") switch
    {
        { Count: 0 } => throw Ec2Errors.Instance.Missing("ResourceId"),
        { Count: > MaxResources } many => throw Ec2Errors.Instance.OutOfRange("ResourceId", many.Count, 1, MaxResources),
        var ids => ids,
    };

    private static IEnumerable<string> ValuesOf(string filter, string id, string type, KeyValuePair<string, string> tag) => filter switch
    {
        "key" => [tag.Key],
        "value" => [tag.Value],
        "resource-id" => [id],
        "resource-type" => [type],
        _ => tag.Key == filter["tag:".Length..] ? [tag.Value] : [],
    };

    private static AwsResponse Done(AwsRequest request) => XmlResponse.Ec2(request, xml => xml.Element("return", true));
}
