using System.Globalization;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>The operations on instances.</summary>
internal sealed class InstanceApi(Cloud cloud)
{
    private const int SmallestPage = 5;
    private const int LargestPage = 1000;

    private static readonly string[] KnownFilters =
    [
        "availability-zone", "dns-name", "image-id", "instance-id", "instance-state-code", "instance-state-name",
        "instance-type", "launch-time", "owner-id", "private-dns-name", "private-ip-address", "reservation-id",
        "subnet-id", "tag:", "tag-key", "tag-value", "vpc-id",
    ];

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var ids = parameters.List("InstanceId");
        var most = parameters.Integer("MaxResults", SmallestPage, LargestPage);
        if (ids.Count > 0 && most is not null)
        {
            throw new AwsException("InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
        }

        var filters = Filters.Read(parameters, KnownFilters);
        var instances = ids.Count > 0 ? cloud.Ec2.Instances.Get(ids).OrderBy(instance => instance.Id, StringComparer.Ordinal) : cloud.Ec2.Instances.All.AsEnumerable();
        var page = Paging.Take(
            instances.Where(instance => filters.Match(name => ValuesOf(instance, name))),
            instance => instance.Id, parameters.Text("NextToken"), most, Ec2Errors.InvalidToken);
        return XmlAnswer.Ec2(request, xml =>
        {
            xml.List("reservationSet", "item", page.Items, instance => InstanceXml.WriteReservation(xml, instance));
            xml.Element("nextToken", page.NextToken);
        });
    }

    public AwsResponse Terminate(AwsRequest request, QueryParameters parameters)
    {
        var ids = parameters.List("InstanceId");
        var instances = ids.Count > 0 ? cloud.Ec2.Instances.Get(ids) : throw Ec2Errors.Instance.Missing("InstanceId");
        if (instances.FirstOrDefault(instance => instance.IsAlive && instance.Version.Data.DisableApiTermination) is { } kept)
        {
            throw new AwsException("OperationNotPermitted", $"The instance '{kept.Id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.");
        }

        var before = instances.Select(instance => instance.State).ToList();
        foreach (var instance in instances)
        {
            cloud.Ec2.Instances.Terminate(instance, "Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
        }

        return XmlAnswer.Ec2(request, xml => xml.List("instancesSet", "item", instances.Zip(before), one =>
        {
            xml.Element("instanceId", one.First.Id);
            xml.Element("currentState", _ => InstanceXml.WriteState(xml, one.First.State));
            xml.Element("previousState", _ => InstanceXml.WriteState(xml, one.Second));
        }));
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
            "instance-type" => instance.Version.Data.InstanceType,
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
