using System.Globalization;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>
/// The members of LaunchTemplateData on the wire: which there are, which are numbers or booleans (a response that holds
/// anything else there breaks the official clients), and how a request's names turn into a response's.
/// </summary>
internal static class LaunchTemplateMembers
{
    private static readonly HashSet<string> Known =
    [
        "KernelId", "EbsOptimized", "IamInstanceProfile", "BlockDeviceMapping", "NetworkInterface", "ImageId",
        "InstanceType", "KeyName", "Monitoring", "Placement", "RamDiskId", "DisableApiTermination",
        "InstanceInitiatedShutdownBehavior", "UserData", "TagSpecification", "ElasticGpuSpecification",
        "ElasticInferenceAccelerator", "SecurityGroupId", "SecurityGroup", "InstanceMarketOptions",
        "CreditSpecification", "CpuOptions", "CapacityReservationSpecification", "LicenseSpecification",
        "HibernationOptions", "MetadataOptions", "EnclaveOptions", "InstanceRequirements", "PrivateDnsNameOptions",
        "MaintenanceOptions", "DisableApiStop", "Operator", "NetworkPerformanceOptions", "SecondaryInterface",
    ];

    private static readonly HashSet<string> Booleans =
    [
        "EbsOptimized", "Encrypted", "DeleteOnTermination", "AssociateCarrierIpAddress", "AssociatePublicIpAddress",
        "Primary", "PrimaryIpv6", "EnaSrdEnabled", "EnaSrdUdpEnabled", "Enabled", "DisableApiTermination",
        "DisableApiStop", "Configured", "RequireHibernateSupport", "RequireEncryptionInTransit",
        "EnableResourceNameDnsARecord", "EnableResourceNameDnsAAAARecord",
    ];

    private static readonly HashSet<string> Numbers =
    [
        "Iops", "VolumeSize", "Throughput", "VolumeInitializationRate", "EbsCardIndex", "DeviceIndex",
        "Ipv6AddressCount", "SecondaryPrivateIpAddressCount", "NetworkCardIndex", "Ipv4PrefixCount", "Ipv6PrefixCount",
        "TcpEstablishedTimeout", "UdpStreamTimeout", "UdpTimeout", "EnaQueueCount", "PartitionNumber", "Count",
        "BlockDurationMinutes", "CoreCount", "ThreadsPerCore", "HttpPutResponseHopLimit", "Min", "Max",
        "SpotMaxPricePercentageOverLowestPrice", "OnDemandMaxPricePercentageOverLowestPrice",
        "MaxSpotPriceAsPercentageOfOptimalOnDemandPrice", "PrivateIpAddressCount",
    ];

    private static readonly HashSet<string> Lists =
    [
        "BlockDeviceMapping", "NetworkInterface", "TagSpecification", "ElasticGpuSpecification",
        "ElasticInferenceAccelerator", "SecurityGroupId", "SecurityGroup", "LicenseSpecification", "SecondaryInterface",
    ];

    public static void Check(ParameterNode members)
    {
        foreach (var (name, member) in members.Children)
        {
            if (!Known.Contains(name))
            {
                throw new AwsException("UnknownParameter", $"The parameter LaunchTemplateData.{name} is not recognized");
            }

            if (Lists.Contains(name) != member.IsList)
            {
                throw Ec2Errors.Instance.Malformed(
                    $"LaunchTemplateData.{name}", member.Value ?? string.Empty, Lists.Contains(name) ? "a list" : "no list");
            }

            CheckValues(name, member);
        }
    }

    public static void Write(XmlResponse xml, ParameterNode structure) => WriteMembers(xml, structure, within: string.Empty);

    private static void CheckValues(string name, ParameterNode node)
    {
        var value = node.Value ?? string.Empty;
        var wrong = node.Children.Count == 0
            && ((Booleans.Contains(name) && value is not ("true" or "false"))
                || (Numbers.Contains(name) && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)));
        if (wrong)
        {
            throw Ec2Errors.Instance.Malformed(name, value, Booleans.Contains(name) ? "a boolean" : "a number");
        }

        foreach (var (childName, child) in node.Children)
        {
            CheckValues(childName, child);
        }
    }

    private static void WriteMembers(XmlResponse xml, ParameterNode structure, string within)
    {
        foreach (var (name, member) in structure.Children)
        {
            if (member.IsList)
            {
                var (list, item) = ListName(within, name);
                xml.List(list, item, member.Items, element => WriteValue(xml, element, name));
            }
            else if (member.Children.Count > 0)
            {
                xml.Element(ResponseName(name), _ => WriteMembers(xml, member, name));
            }
            else
            {
                xml.Element(ResponseName(name), member.Value);
            }
        }
    }

    private static void WriteValue(XmlResponse xml, ParameterNode element, string list)
    {
        if (element.Children.Count > 0)
        {
            WriteMembers(xml, element, list);
        }
        else
        {
            xml.Text(element.Value ?? string.Empty);
        }
    }

    private static (string List, string Item) ListName(string within, string name) => (within, name) switch
    {
        ("NetworkInterface", "SecurityGroupId") => ("groupSet", "groupId"),
        ("SecondaryInterface", "PrivateIpAddress") => ("privateIpAddressesSet", "item"),
        (_, "LicenseSpecification") => ("licenseSet", "item"),
        _ => ($"{ResponseName(name)}Set", "item"),
    };

    private static string ResponseName(string name) => string.Create(name.Length, name, static (letters, source) =>
    {
        source.CopyTo(letters);
        letters[0] = char.ToLowerInvariant(letters[0]);
    });
}
