using System.Globalization;
using System.Xml.Linq;
using Charlie.Operations.Access;

namespace Charlie.Operations.Doctor;

/// <summary>Reads what the security groups of instances let in.</summary>
internal sealed class IngressReader(SignedClient client)
{
    private const string Version = "2016-11-15";
    private const int MaxPort = 65535;

    /// <exception cref="AwsCallException">AWS refused it, or did not respond.</exception>
    public async Task<IReadOnlyList<IngressFacts>> ReadAsync(IReadOnlyList<string> instances, CancellationToken cancellation)
    {
        if (instances.Count == 0)
        {
            return [];
        }

        var described = await CallAsync("DescribeInstances", "InstanceId", instances, cancellation);
        var groupsOf = described.List("instancesSet").ToDictionary(
            instance => instance.Text("instanceId"),
            instance => instance.Child("groupSet")?.Elements().Select(group => group.Text("groupId")).ToList() ?? []);
        string[] ids = [.. groupsOf.Values.SelectMany(ids => ids).Distinct()];
        if (ids.Length == 0)
        {
            throw new OperationException("the instances show no security groups");
        }

        var groups = await CallAsync("DescribeSecurityGroups", "GroupId", ids, cancellation);
        var rulesOf = groups.List("securityGroupInfo").ToDictionary(
            group => group.Text("groupId"), group => group.List("ipPermissions").Select(Rule).OfType<IngressRule>().ToList());
        return
        [
            .. groupsOf.Select(pair => new IngressFacts(
                pair.Key, pair.Value, [.. pair.Value.SelectMany(id => rulesOf.GetValueOrDefault(id) ?? [])])),
        ];
    }

    // Rules of other protocols let no probe in.
    private static IngressRule? Rule(XElement permission) => permission.Text("ipProtocol") switch
    {
        "-1" => new IngressRule(0, MaxPort, Sources(permission)),
        "tcp" or "6" => new IngressRule(Port(permission, "fromPort"), Port(permission, "toPort"), Sources(permission)),
        _ => null,
    };

    private static IReadOnlyList<string> Sources(XElement permission) =>
    [
        .. permission.List("groups").Select(source => source.Text("groupId")),
        .. permission.List("ipRanges").Select(range => range.Text("cidrIp")),
        .. permission.List("prefixListIds").Select(list => list.Text("prefixListId")),
    ];

    private static int Port(XElement permission, string name) =>
        int.TryParse(permission.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0;

    private Task<XElement> CallAsync(string action, string list, IReadOnlyList<string> ids, CancellationToken cancellation) =>
        client.QueryAsync(
            "ec2",
            Version,
            action,
            ids.Index().ToDictionary(id => string.Create(CultureInfo.InvariantCulture, $"{list}.{id.Index + 1}"), id => id.Item),
            cancellation);
}
