using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>An instance as DescribeInstances shows it; one that is terminated has lost its network.</summary>
internal static class InstanceXml
{
    /// <summary>The one network of the sandbox's account.</summary>
    public const string VpcId = "vpc-0c4a711e5a0d0b0c5";

    public static string? DnsName(Ec2Instance instance) =>
        instance.PrivateIpAddress is { } address ? $"ip-{address.Replace('.', '-')}.ec2.internal" : null;

    public static string? PublicDnsName(Ec2Instance instance) =>
        instance.PublicIpAddress is { } address ? $"ec2-{address.Replace('.', '-')}.compute-1.amazonaws.com" : null;

    public static void WriteState(XmlResponse xml, InstanceState state)
    {
        xml.Element("code", (int)state);
        xml.Element("name", Ec2Instance.NameOf(state));
    }

    public static void WriteReservation(XmlResponse xml, Ec2Instance instance)
    {
        xml.Element("reservationId", instance.ReservationId);
        xml.Element("ownerId", Account.Id);
        xml.List("groupSet", "item", []);
        xml.List("instancesSet", "item", [instance], one => Write(xml, one));
    }

    private static void Write(XmlResponse xml, Ec2Instance instance)
    {
        var data = instance.Version.Data;
        var connected = instance.PrivateIpAddress is not null;
        xml.Element("instanceId", instance.Id);
        xml.Element("imageId", data.ImageId);
        xml.Element("instanceState", _ => WriteState(xml, instance.State));
        xml.Element("privateDnsName", DnsName(instance) ?? string.Empty);
        xml.Element("dnsName", PublicDnsName(instance) ?? string.Empty);
        xml.Element("reason", instance.StateReason is { } reason ? Reason(instance, reason.Message) : string.Empty);
        xml.Element("keyName", data["KeyName"]?.Value);
        xml.Element("amiLaunchIndex", 0);
        xml.List("productCodes", "item", []);
        xml.Element("instanceType", instance.InstanceType);
        xml.Element("launchTime", instance.LaunchTime);
        xml.Element("placement", placement =>
        {
            placement.Element("availabilityZone", instance.AvailabilityZone);
            placement.Element("groupName", string.Empty);
            placement.Element("tenancy", "default");
        });
        xml.Element("monitoring", monitoring =>
            monitoring.Element("state", data["Monitoring"]?["Enabled"]?.Value is "true" ? "enabled" : "disabled"));
        xml.Element("subnetId", connected ? instance.SubnetId : null);
        xml.Element("vpcId", connected ? VpcId : null);
        xml.Element("privateIpAddress", instance.PrivateIpAddress);
        xml.Element("ipAddress", instance.PublicIpAddress);
        xml.List("groupSet", "item", connected ? data["SecurityGroupId"]?.Items ?? [] : [], group =>
        {
            xml.Element("groupId", group.Value);
            xml.Element("groupName", group.Value);
        });
        if (instance.StateReason is var (code, message))
        {
            xml.Element("stateReason", state =>
            {
                state.Element("code", code);
                state.Element("message", message);
            });
        }

        xml.Element("architecture", "x86_64");
        xml.Element("rootDeviceType", "ebs");
        xml.Element("rootDeviceName", "/dev/xvda");
        xml.Element("virtualizationType", "hvm");
        xml.Element("clientToken", string.Empty);
        if (instance.Tags.All.Count > 0)
        {
            ResourceTags.Write(xml, instance.Tags.All);
        }

        xml.Element("hypervisor", "xen");
        WriteProfile(xml, data);
        xml.Element("ebsOptimized", data["EbsOptimized"]?.Value is "true");
        xml.Element("enaSupport", true);
        xml.Element("metadataOptions", options =>
        {
            var given = data["MetadataOptions"];
            options.Element("state", "applied");
            options.Element("httpTokens", given?["HttpTokens"]?.Value ?? "optional");
            options.Element("httpPutResponseHopLimit", given?["HttpPutResponseHopLimit"]?.Value ?? "1");
            options.Element("httpEndpoint", given?["HttpEndpoint"]?.Value ?? "enabled");
            options.Element("httpProtocolIpv6", given?["HttpProtocolIpv6"]?.Value ?? "disabled");
            options.Element("instanceMetadataTags", given?["InstanceMetadataTags"]?.Value ?? "disabled");
        });
    }

    private static void WriteProfile(XmlResponse xml, LaunchTemplateData data)
    {
        if (data["IamInstanceProfile"] is { } profile)
        {
            xml.Element("iamInstanceProfile", _ =>
                xml.Element("arn", profile["Arn"]?.Value ?? $"arn:aws:iam::{Account.Id}:instance-profile/{profile["Name"]?.Value}"));
        }
    }

    private static string Reason(Ec2Instance instance, string message) => instance.TerminatedAt is { } at
        ? $"{message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..]} ({at.UtcDateTime:yyyy-MM-dd HH:mm:ss} GMT)"
        : message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
}
