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

        var tags = Tags(parameters);
        var address = ec2.Addresses.Allocate();
        address.Tags.Put(tags);
        return XmlResponse.Ec2(request, xml =>
        {
            xml.Element("publicIp", address.PublicIp);
            xml.Element("allocationId", address.AllocationId);
            xml.Element("domain", "vpc");
        }, address);
    }

    public AwsResponse Associate(AwsRequest request, QueryParameters parameters)
    {
        var address = parameters.Text("PublicIp") is { Length: > 0 } publicIp && !parameters.Has("AllocationId")
            ? ec2.Addresses.GetPublic(publicIp) : ec2.Addresses.Get(parameters.Required("AllocationId"));
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
        if (parameters.Text("PublicIp") is { Length: > 0 } publicIp && !parameters.Has("AssociationId"))
        {
            ec2.Addresses.Disassociate(ec2.Addresses.GetPublic(publicIp));
            return Done(request);
        }

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
        var named = parameters.List("AllocationId").Select(ec2.Addresses.Get)
            .Concat(parameters.List("PublicIp").Select(ec2.Addresses.GetPublic)).Distinct().ToList();
        var filters = Filters.Read(
            parameters, "allocation-id", "association-id", "domain", "instance-id", "private-ip-address", "public-ip", "tag:", "tag-key");
        var addresses = (named.Count > 0 ? named : ec2.Addresses.All.AsEnumerable())
            .Where(address => filters.Match(name => ValuesOf(address, name)));
        return XmlResponse.Ec2(request, xml => xml.List("addressesSet", "item", addresses, address =>
        {
            xml.Element("publicIp", address.PublicIp);
            xml.Element("allocationId", address.AllocationId);
            xml.Element("domain", "vpc");
            xml.Element("instanceId", address.InstanceId);
            xml.Element("associationId", address.AssociationId);
            xml.Element("privateIpAddress", PrivateAddress(address));
            ResourceTags.Write(xml, address.Tags.All);
        }));
    }

    private static Dictionary<string, string> Tags(QueryParameters parameters)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var specification in parameters.Structures("TagSpecification"))
        {
            if (specification.Text("ResourceType") is not "elastic-ip" and var type)
            {
                throw new AwsException("InvalidParameterValue", $"'{type}' is not a valid taggable resource type for this operation.");
            }

            foreach (var (key, value) in ResourceTags.Read(specification.Structures("Tag")))
            {
                tags[key] = value;
            }
        }

        new ResourceTags().CheckRoom(tags);
        return tags;
    }

    private string? PrivateAddress(ElasticAddress address) =>
        address.InstanceId is { } id ? ec2.Instances.Find(id)?.PrivateIpAddress : null;

    private IEnumerable<string> ValuesOf(ElasticAddress address, string filter)
    {
        if (Filters.IsAboutTags(filter))
        {
            return Filters.TagValues(filter, address.Tags);
        }

        var value = filter switch
        {
            "allocation-id" => address.AllocationId,
            "association-id" => address.AssociationId,
            "domain" => "vpc",
            "private-ip-address" => PrivateAddress(address),
            "instance-id" => address.InstanceId,
            _ => address.PublicIp,
        };
        return value is null ? [] : [value];
    }

    private static AwsResponse Done(AwsRequest request) => XmlResponse.Ec2(request, xml => xml.Element("return", true));
}
