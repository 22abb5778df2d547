using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>Everything that EC2 holds for the account.</summary>
public sealed class Ec2Resources
{
    private readonly CloudContext context;

    internal Ec2Resources(CloudContext context)
    {
        this.context = context;
        LaunchTemplates = new LaunchTemplates(context);
        Instances = new Ec2InstanceStore(context);
        Addresses = new ElasticAddresses(context, Instances);
    }

    public LaunchTemplates LaunchTemplates { get; }

    public Ec2InstanceStore Instances { get; }

    public ElasticAddresses Addresses { get; }

    public Networks Networks { get; } = new();

    /// <summary>All resources that can carry tags: id, type and tags.</summary>
    internal IEnumerable<(string Id, string Type, ResourceTags Tags)> Tagged =>
        LaunchTemplates.All.Select(template => (template.Id, "launch-template", template.Tags))
            .Concat(Instances.All.Select(instance => (instance.Id, "instance", instance.Tags)))
            .Concat(Addresses.All.Select(address => (address.AllocationId, "elastic-ip", address.Tags)));

    internal ResourceTags TagsOf(string resourceId)
    {
        if (LaunchTemplates.IsId(resourceId))
        {
            return LaunchTemplates.GetId(resourceId).Tags;
        }

        if (ElasticAddresses.IsId(resourceId))
        {
            return Addresses.Get(resourceId).Tags;
        }

        return Ec2InstanceStore.IsId(resourceId)
            ? Instances.Get([resourceId])[0].Tags
            : throw new AwsException("InvalidID", $"The ID '{resourceId}' is not valid");
    }

    internal void CreateTags(IReadOnlyList<string> resourceIds, IReadOnlyDictionary<string, string> tags)
    {
        var resources = resourceIds.Distinct().Select(id => (Id: id, Tags: TagsOf(id))).ToList();
        resources.ForEach(resource => resource.Tags.CheckRoom(tags));
        foreach (var resource in resources)
        {
            resource.Tags.Put(tags);
            context.Record("ec2", "TagsCreated", resource.Id,
                $"{resource.Id} tagged {string.Join(", ", tags.Select(tag => $"{tag.Key}={tag.Value}"))}", tags);
        }
    }

    /// <param name="resourceIds">Whose tags go.</param>
    /// <param name="tags">Which: keys, each with the value it must have or <c>null</c> for any. Empty: all that are not AWS's own.</param>
    internal void DeleteTags(IReadOnlyList<string> resourceIds, IReadOnlyList<(string Key, string? Value)> tags)
    {
        foreach (var (id, owned) in resourceIds.Distinct().Select(id => (id, TagsOf(id))).ToList())
        {
            IReadOnlyList<(string Key, string? Value)> going = tags.Count > 0
                ? tags
                : [.. owned.All.Keys.Where(key => !ResourceTags.IsReserved(key)).Select(key => (key, (string?)null))];
            foreach (var (key, value) in going)
            {
                owned.Remove(key, value);
            }

            context.Record("ec2", "TagsDeleted", id, $"{id} lost the tags {string.Join(", ", going.Select(tag => tag.Key))}");
        }
    }
}
