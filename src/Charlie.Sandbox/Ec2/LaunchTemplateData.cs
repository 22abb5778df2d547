using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>
/// What a launch template version says about its instances. Every member is kept as it was sent, also those that mean
/// nothing to the sandbox, so that deriving a version and describing it lose nothing.
/// </summary>
public sealed class LaunchTemplateData
{
    private readonly ParameterNode members;

    private LaunchTemplateData(ParameterNode members) => this.members = members;

    public string? ImageId => members["ImageId"]?.Value;

    public string InstanceType => members["InstanceType"]?.Value ?? "m1.small";

    /// <summary>The tags that instances launched from this version get.</summary>
    public IReadOnlyDictionary<string, string> InstanceTags { get; private init; } = new Dictionary<string, string>();

    internal bool DisableApiTermination => members["DisableApiTermination"]?.Value is "true";

    /// <summary>Whether the instances' tags can be read on the machine, which restricts their keys.</summary>
    internal bool TagsInMetadata => members["MetadataOptions"]?["InstanceMetadataTags"]?.Value is "enabled";

    internal ParameterNode? this[string name] => members[name];

    internal static LaunchTemplateData Read(QueryParameters request) =>
        request.Node["LaunchTemplateData"] is { Children.Count: > 0 } given
            ? Of(given)
            : throw Ec2Errors.Instance.Missing("LaunchTemplateData");

    /// <summary>
    /// The data of a version derived from this one: a member that is given replaces the source's as a whole, lists
    /// and structures too.
    /// </summary>
    internal LaunchTemplateData Derive(LaunchTemplateData given) => Of(members.ReplacedBy(given.members));

    internal void Write(XmlResponse xml) => LaunchTemplateMembers.Write(xml, members);

    private static LaunchTemplateData Of(ParameterNode members)
    {
        LaunchTemplateMembers.Check(members);
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var specification in members["TagSpecification"]?.Items ?? [])
        {
            var read = ResourceTags.Read(new QueryParameters(specification, Ec2Errors.Instance).Structures("Tag"));
            new ResourceTags().CheckRoom(read);
            if (specification["ResourceType"]?.Value == "instance")
            {
                tags = read;
            }
        }

        return new LaunchTemplateData(members) { InstanceTags = tags };
    }
}
