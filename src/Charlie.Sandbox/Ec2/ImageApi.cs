using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>The machine images: an account has those that its launch templates name.</summary>
internal sealed class ImageApi(Ec2Resources ec2)
{
    private const int LargestPage = 1000;

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var there = ec2.LaunchTemplates.All.SelectMany(template => template.Versions)
            .Select(version => version.Data.ImageId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var ids = parameters.List("ImageId");
        if (ids.FirstOrDefault(id => !there.Contains(id)) is { } unknown)
        {
            throw new AwsException("InvalidAMIID.NotFound", $"The image id '[{unknown}]' does not exist");
        }

        var owners = parameters.List("Owner");
        var filters = Filters.Read(
            parameters, "architecture", "image-id", "name", "owner-id", "root-device-type", "state", "virtualization-type");
        var page = Paging.Take(
            (ids.Count > 0 ? ids.Distinct() : there)
                .Where(_ => owners.Count == 0 || owners.Contains("self") || owners.Contains(Account.Id))
                .Where(id => filters.Match(name => [ValueOf(id, name)])).Order(StringComparer.Ordinal),
            id => id, parameters.Text("NextToken"), parameters.Integer("MaxResults", 1, LargestPage), Ec2Errors.InvalidToken);
        return XmlResponse.Ec2(request, xml =>
        {
            xml.List("imagesSet", "item", page.Items, id =>
            {
                xml.Element("imageId", id);
                xml.Element("name", id);
                xml.Element("imageLocation", $"{Account.Id}/{id}");
                xml.Element("imageState", "available");
                xml.Element("imageOwnerId", Account.Id);
                xml.Element("isPublic", false);
                xml.Element("architecture", "x86_64");
                xml.Element("imageType", "machine");
                xml.Element("rootDeviceType", "ebs");
                xml.Element("rootDeviceName", "/dev/xvda");
                xml.Element("virtualizationType", "hvm");
                xml.Element("hypervisor", "xen");
            });
            xml.Element("nextToken", page.NextToken);
        });
    }

    private static string ValueOf(string id, string filter) => filter switch
    {
        "architecture" => "x86_64",
        "owner-id" => Account.Id,
        "root-device-type" => "ebs",
        "state" => "available",
        "virtualization-type" => "hvm",
        _ => id,
    };
}
