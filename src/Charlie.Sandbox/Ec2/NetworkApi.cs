using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>The operations that show the account's network.</summary>
internal sealed class NetworkApi(Ec2Resources ec2)
{
    private const int SmallestPage = 5;
    private const int LargestPage = 1000;
    private const string VpcCidr = "172.16.0.0/12";

    public AwsResponse DescribeSubnets(AwsRequest request, QueryParameters parameters)
    {
        var ids = parameters.List("SubnetId");
        var filters = Filters.Read(
            parameters, "availability-zone", "availabilityZone", "cidr-block", "default-for-az", "state", "subnet-id", "vpc-id");
        var page = Paging.Take(
            (ids.Count > 0 ? ids.Distinct().Select(ec2.Networks.Get) : ec2.Networks.Subnets)
                .Where(subnet => filters.Match(name => [ValueOf(subnet, name)])),
            subnet => subnet.Id, parameters.Text("NextToken"), parameters.Integer("MaxResults", SmallestPage, LargestPage),
            Ec2Errors.InvalidToken);
        return XmlResponse.Ec2(request, xml =>
        {
            xml.List("subnetSet", "item", page.Items, subnet =>
            {
                xml.Element("subnetId", subnet.Id);
                xml.Element("subnetArn", Account.Arn("ec2", $"subnet/{subnet.Id}"));
                xml.Element("state", "available");
                xml.Element("ownerId", Account.Id);
                xml.Element("vpcId", InstanceXml.VpcId);
                xml.Element("cidrBlock", subnet.CidrBlock);
                xml.Element("availableIpAddressCount", 4091);
                xml.Element("availabilityZone", subnet.AvailabilityZone);
                xml.Element("availabilityZoneId", $"use1-az{subnet.AvailabilityZone[^1] - 'a' + 1}");
                xml.Element("defaultForAz", subnet.IsDefault);
                xml.Element("mapPublicIpOnLaunch", subnet.IsDefault);
            });
            xml.Element("nextToken", page.NextToken);
        });
    }

    public static AwsResponse DescribeVpcs(AwsRequest request, QueryParameters parameters)
    {
        if (parameters.List("VpcId").FirstOrDefault(id => id != InstanceXml.VpcId) is { } unknown)
        {
            throw new AwsException("InvalidVpcID.NotFound", $"The vpc ID '{unknown}' does not exist");
        }

        var filters = Filters.Read(parameters, "cidr", "is-default", "isDefault", "owner-id", "state", "vpc-id");
        var page = Paging.Take(
            new[] { InstanceXml.VpcId }.Where(_ => filters.Match(name => [ValueOf(name)])), id => id, parameters.Text("NextToken"),
            parameters.Integer("MaxResults", SmallestPage, LargestPage), Ec2Errors.InvalidToken);
        return XmlResponse.Ec2(request, xml =>
        {
            xml.List("vpcSet", "item", page.Items, id =>
            {
                xml.Element("vpcId", id);
                xml.Element("ownerId", Account.Id);
                xml.Element("state", "available");
                xml.Element("cidrBlock", VpcCidr);
                xml.Element("dhcpOptionsId", "default");
                xml.Element("instanceTenancy", "default");
                xml.Element("isDefault", true);
            });
            xml.Element("nextToken", page.NextToken);
        });
    }

    private static string ValueOf(Subnet subnet, string filter) => filter switch
    {
        "availability-zone" or "availabilityZone" => subnet.AvailabilityZone,
        "cidr-block" => subnet.CidrBlock,
        "default-for-az" => subnet.IsDefault ? "true" : "false",
        "state" => "available",
        "subnet-id" => subnet.Id,
        _ => InstanceXml.VpcId,
    };

    private static string ValueOf(string filter) => filter switch
    {
        "cidr" => VpcCidr,
        "is-default" or "isDefault" => "true",
        "owner-id" => Account.Id,
        "state" => "available",
        _ => InstanceXml.VpcId,
    };
}
