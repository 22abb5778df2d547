using Charlie.Operations.Access;

namespace Charlie.Operations.Doctor;

/// <summary>Reads what the security groups of instances let in.</summary>
internal sealed class IngressReader(SignedClient client)
{
    /// <exception cref="AwsCallException">AWS refused it, or did not respond.</exception>
    public async Task<IReadOnlyList<IngressFacts>> ReadAsync(IReadOnlyList<string> instances, CancellationToken cancellation)
    {
        if (instances.Count == 0)
        {
            return [];
        }

        var described = await client.DescribeAsync("DescribeInstances", "InstanceId", instances, cancellation);
        var groupsOf = described.List("instancesSet").ToDictionary(
            instance => instance.Text("instanceId"),
            instance => instance.Child("groupSet")?.Elements().Select(group => group.Text("groupId")).ToList() ?? []);
        string[] ids = [.. groupsOf.Values.SelectMany(ids => ids).Distinct()];
        if (ids.Length == 0)
        {
            throw new OperationException("the instances show no security groups");
        }

        var rules = await SecurityGroupReader.ReadAsync(client, ids, cancellation);
        return [.. groupsOf.Select(pair => new IngressFacts(pair.Key, pair.Value, rules.Of(pair.Value)))];
    }
}
