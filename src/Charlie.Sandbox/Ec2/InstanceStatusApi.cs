using System.Globalization;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>EC2's status checks: both are passed while an instance runs, and in no other state is there one.</summary>
internal sealed class InstanceStatusApi(Ec2Resources ec2)
{
    private const int SmallestPage = 5;
    private const int LargestPage = 1000;

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var ids = parameters.List("InstanceId");
        var max = parameters.Integer("MaxResults", SmallestPage, LargestPage);
        if (ids.Count > 0 && max is not null)
        {
            throw new AwsException(
                "InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
        }

        var all = parameters.Flag("IncludeAllInstances") ?? false;
        var filters = Filters.Read(
            parameters, "availability-zone", "instance-state-code", "instance-state-name", "instance-status.status",
            "system-status.status");
        var instances = (ids.Count > 0 ? ec2.Instances.Get(ids).OrderBy(instance => instance.Id, StringComparer.Ordinal)
            : ec2.Instances.All.AsEnumerable())
            .Where(instance => all || instance.State == InstanceState.Running)
            .Where(instance => filters.Match(name => [ValueOf(instance, name)]));
        var page = Paging.Take(instances, instance => instance.Id, parameters.Text("NextToken"), max, Ec2Errors.InvalidToken);
        return XmlResponse.Ec2(request, xml =>
        {
            xml.List("instanceStatusSet", "item", page.Items, instance =>
            {
                xml.Element("instanceId", instance.Id);
                xml.Element("availabilityZone", instance.AvailabilityZone);
                xml.Element("instanceState", _ => InstanceXml.WriteState(xml, instance.State));
                xml.Element("systemStatus", _ => WriteCheck(xml, instance));
                xml.Element("instanceStatus", _ => WriteCheck(xml, instance));
            });
            xml.Element("nextToken", page.NextToken);
        });
    }

    private static void WriteCheck(XmlResponse xml, Ec2Instance instance)
    {
        xml.Element("status", StatusOf(instance));
        if (instance.State == InstanceState.Running)
        {
            xml.List("details", "item", ["reachability"], name =>
            {
                xml.Element("name", name);
                xml.Element("status", "passed");
            });
        }
    }

    private static string StatusOf(Ec2Instance instance) => instance.State == InstanceState.Running ? "ok" : "not-applicable";

    private static string ValueOf(Ec2Instance instance, string filter) => filter switch
    {
        "availability-zone" => instance.AvailabilityZone,
        "instance-state-code" => ((int)instance.State).ToString(CultureInfo.InvariantCulture),
        "instance-state-name" => Ec2Instance.NameOf(instance.State),
        _ => StatusOf(instance),
    };
}
