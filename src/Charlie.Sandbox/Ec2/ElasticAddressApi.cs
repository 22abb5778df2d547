using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>The operations on Elastic IP addresses.</summary>
internal sealed class ElasticAddressApi(Ec2Resources ec2)
{
    public AwsResponse Allocate(AwsRequest request, QueryParameters parameters)
    {
        if (parameters.Text("Domain") is { Length: > 0 } domain and not "vpc")
        {
            throw Ec2Errors.InvalidValue("Domain", domain, "It must be vpc.");
        }

        var address = ec2.Addresses.Allocate();
        return XmlResponse.Ec2(request, xml =>
        {
            xml.Element("publicIp", address.PublicIp);
            xml.Element("allocationId", address.AllocationId);
            xml.Element("domain", "vpc");
        });
    }

    public AwsResponse Associate(AwsRequest request, QueryParameters parameters)
    {
        var address = ec2.Addresses.Get(parameters.Required("AllocationId"));
        var instance = ec2.Instances.Get([parameters.Required("InstanceId")])[0];
        // Its default in a VPC.
        var takeOver = parameters.Flag("AllowReassociation") ?? true;
        var associated = ec2.Addresses.Associate(address, instance, takeOver);
        return XmlResponse.Ec2(request, xml =>
        {
            xml.Element("return", true);
            xml.Element("associationId", associated.AssociationId);
        });
    }

    public AwsResponse Disassociate(AwsRequest request, QueryParameters parameters)
    {
        var id = parameters.Required("AssociationId");
        var address = ec2.Addresses.All.FirstOrDefault(address => address.AssociationId == id)
            ?? throw new AwsException("InvalidAssociationID.NotFound", $"The association ID '{id}' does not exist");
        ec2.Addresses.Disassociate(address);
        return Done(request);
    }

    public AwsResponse Release(AwsRequest request, QueryParameters parameters)
    {
        ec2.Addresses.Release(ec2.Addresses.Get(parameters.Required("AllocationId")));
        return Done(request);
    }

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var ids = parameters.List("AllocationId");
        var filters = Filters.Read(parameters, "allocation-id", "association-id", "instance-id", "public-ip");
        var addresses = (ids.Count > 0 ? ids.Select(ec2.Addresses.Get) : ec2.Addresses.All)
            .Where(address => filters.Match(name => ValuesOf(address, name)));
        return XmlResponse.Ec2(request, xml => xml.List("addressesSet", "item", addresses, address =>
        {
            xml.Element("publicIp", address.PublicIp);
            xml.Element("allocationId", address.AllocationId);
            xml.Element("domain", "vpc");
            xml.Element("instanceId", address.InstanceId);
            xml.Element("associationId", address.AssociationId);
        }));
    }

    private static IEnumerable<string> ValuesOf(ElasticAddress address, string filter)
    {
        var value = filter switch
        {
            "allocation-id" => address.AllocationId,
            "association-id" => address.AssociationId,
            "instance-id" => address.InstanceId,
            _ => address.PublicIp,
        };
        return value is null ? [] : [value];
    }

    private static AwsResponse Done(AwsRequest request) => XmlResponse.Ec2(request, xml => xml.Element("return", true));
}
