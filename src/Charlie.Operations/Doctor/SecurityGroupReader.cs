using System.Globalization;
using System.Xml.Linq;
using Charlie.Operations.Access;

namespace Charlie.Operations.Doctor;

/// <summary>What security groups let in by TCP.</summary>
internal sealed class SecurityGroupReader
{
    private const int MaxPort = 65535;

    private readonly Dictionary<string, List<IngressRule>> rules;

    private SecurityGroupReader(Dictionary<string, List<IngressRule>> rules) => this.rules = rules;

    /// <exception cref="AwsCallException">AWS refused it, or did not respond.</exception>
    public static async Task<SecurityGroupReader> ReadAsync(
        SignedClient client, IReadOnlyList<string> groups, CancellationToken cancellation)
    {
        var described = await client.DescribeAsync("DescribeSecurityGroups", "GroupId", groups, cancellation);
        return new SecurityGroupReader(described.List("securityGroupInfo").ToDictionary(
            group => group.Text("groupId"), group => group.List("ipPermissions").Select(Rule).OfType<IngressRule>().ToList()));
    }

    public IReadOnlyList<IngressRule> Of(IEnumerable<string> groups) =>
        [.. groups.SelectMany(group => rules.GetValueOrDefault(group) ?? [])];

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
}
