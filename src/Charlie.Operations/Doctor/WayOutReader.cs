using System.Xml.Linq;
using Charlie.Operations.Access;
using Charlie.Operations.Stack;

namespace Charlie.Operations.Doctor;

/// <summary>Reads the routes of Lifecycle's subnets, and the endpoints of its network.</summary>
internal sealed class WayOutReader(StackDescription stack, SignedClient client)
{
    /// <exception cref="AwsCallException">AWS refused it, or did not respond.</exception>
    public async Task<WayOutFacts> ReadAsync(CancellationToken cancellation)
    {
        var tables = (await client.DescribeInVpcAsync("DescribeRouteTables", stack.Vpc!, cancellation)).List("routeTableSet").ToList();
        string[] closed = [.. stack.Subnets.Where(subnet => TableOf(subnet, tables) is not { } table || !LeadsOut(table))];
        return new WayOutFacts(closed, await ReadEndpointsAsync(cancellation));
    }

    private async Task<IReadOnlyList<EndpointFacts>> ReadEndpointsAsync(CancellationToken cancellation)
    {
        var described = await client.DescribeInVpcAsync("DescribeVpcEndpoints", stack.Vpc!, cancellation);
        var endpoints = described.List("vpcEndpointSet").Where(endpoint => endpoint.Text("vpcEndpointType") == "Interface").ToList();
        string[] groups = [.. endpoints.SelectMany(GroupsOf).Distinct()];
        var rules = groups.Length == 0 ? null : await SecurityGroupReader.ReadAsync(client, groups, cancellation);
        return
        [
            .. endpoints.Select(endpoint => new EndpointFacts(
                endpoint.Text("vpcEndpointId"),
                endpoint.Text("serviceName"),
                string.Equals(endpoint.Text("state"), "available", StringComparison.OrdinalIgnoreCase)
                    && endpoint.Text("privateDnsEnabled") == "true",
                [.. GroupsOf(endpoint)],
                rules?.Of(GroupsOf(endpoint)) ?? [])),
        ];
    }

    private static IEnumerable<string> GroupsOf(XElement endpoint) => endpoint.List("groupSet").Select(group => group.Text("groupId"));

    // A subnet that no table names has the network's main one.
    private static XElement? TableOf(string subnet, List<XElement> tables) =>
        tables.Find(table => table.List("associationSet").Any(association => association.Text("subnetId") == subnet))
        ?? tables.Find(table => table.List("associationSet").Any(association => association.Text("main") == "true"));

    // An internet gateway takes nothing from a function: it has no public address.
    private static bool LeadsOut(XElement table) => table.List("routeSet").Any(route =>
        route.Text("destinationCidrBlock") == "0.0.0.0/0"
        && route.Text("state") == "active"
        && !route.Text("gatewayId").StartsWith("igw-", StringComparison.Ordinal));
}
