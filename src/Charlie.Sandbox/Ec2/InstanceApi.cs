using System.Globalization;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>The operations on instances.</summary>
internal sealed class InstanceApi(Ec2Resources ec2)
{
    private const int SmallestPage = 5;
    private const int LargestPage = 1000;

    private static readonly string[] KnownFilters =
    [
        "availability-zone", "dns-name", "image-id", "instance-id", "instance-state-code", "instance-state-name",
        "instance-type", "ip-address", "launch-time", "owner-id", "private-dns-name", "private-ip-address", "reservation-id",
        "subnet-id", "tag:", "tag-key", "tag-value", "vpc-id",
    ];

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var ids = parameters.List("InstanceId");
        var max = parameters.Integer("MaxResults", SmallestPage, LargestPage);
        if (ids.Count > 0 && max is not null)
        {
            throw new AwsException(
                "InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
        }

        var filters = Filters.Read(parameters, KnownFilters);
        var instances = ids.Count > 0 ? ec2.Instances.Get(ids).OrderBy(instance => instance.Id, StringComparer.Ordinal)
            : ec2.Instances.All.AsEnumerable();
        var page = Paging.Take(
            instances.Where(instance => filters.Match(name => ValuesOf(instance, name))),
            instance => instance.Id, parameters.Text("NextToken"), max, Ec2Errors.InvalidToken);
        return XmlResponse.Ec2(request, xml =>
        {
            xml.List("reservationSet", "item", page.Items, instance => InstanceXml.WriteReservation(xml, instance));
            xml.Element("nextToken", page.NextToken);
        }, page);
    }

    public AwsResponse Terminate(AwsRequest request, QueryParameters parameters)
    {
        var ids = parameters.List("InstanceId");
        var instances = ids.Count > 0 ? ec2.Instances.Get(ids) : throw Ec2Errors.Instance.Missing("InstanceId");
        if (instances.FirstOrDefault(instance => instance.IsAlive && instance.Version.Data.DisableApiTermination) is { } kept)
        {
            throw new AwsException(
                "OperationNotPermitted",
                $"The instance '{kept.Id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.");
        }

        var before = instances.Select(instance => instance.State).ToList();
        foreach (var instance in instances)
        {
            ec2.Instances.Terminate(instance, "Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
        }

        return XmlResponse.Ec2(request, xml => xml.List("instancesSet", "item", instances.Zip(before), one =>
        {
            xml.Element("instanceId", one.First.Id);
            xml.Element("currentState", _ => InstanceXml.WriteState(xml, one.First.State));
            xml.Element("previousState", _ => InstanceXml.WriteState(xml, one.Second));
        }));
    }

    public AwsResponse Reboot(AwsRequest request, QueryParameters parameters)
    {
        var ids = parameters.List("InstanceId");
        var instances = ids.Count > 0 ? ec2.Instances.Get(ids) : throw Ec2Errors.Instance.Missing("InstanceId");
        // Requests to reboot a terminated instance are ignored, says EC2's reference; it is silent about the other states.
        foreach (var instance in instances.Where(instance => instance.State == InstanceState.Running))
        {
            ec2.Instances.Reboot(instance);
        }

        return XmlResponse.Ec2(request, xml => xml.Element("return", true));
    }

    private static IEnumerable<string> ValuesOf(Ec2Instance instance, string filter)
    {
        if (Filters.IsAboutTags(filter))
        {
            return Filters.TagValues(filter, instance.Tags);
        }

        var value = filter switch
        {
            "availability-zone" => instance.AvailabilityZone,
            "image-id" => instance.Version.Data.ImageId,
            "instance-id" => instance.Id,
            "instance-state-code" => ((int)instance.State).ToString(CultureInfo.InvariantCulture),
            "instance-state-name" => Ec2Instance.NameOf(instance.State),
            "instance-type" => instance.InstanceType,
            "ip-address" => instance.PublicIpAddress,
            "launch-time" => AwsTime.Precise(instance.LaunchTime),
            "owner-id" => Account.Id,
            "private-dns-name" => InstanceXml.DnsName(instance),
            "private-ip-address" => instance.PrivateIpAddress,
            "reservation-id" => instance.ReservationId,
            "subnet-id" => instance.PrivateIpAddress is null ? null : instance.SubnetId,
            "vpc-id" => instance.PrivateIpAddress is null ? null : InstanceXml.VpcId,
            _ => null,
        };
        return value is null ? [] : [value];
    }
}
