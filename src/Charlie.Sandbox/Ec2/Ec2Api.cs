using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>EC2's Query API: which class serves which operation.</summary>
internal sealed class Ec2Api : IAwsApi
{
    private readonly Dictionary<string, Func<AwsRequest, QueryParameters, AwsResponse>> operations;

    public Ec2Api(CloudContext context, Ec2Resources ec2)
    {
        var templates = new LaunchTemplateApi(context, ec2);
        var versions = new LaunchTemplateVersionApi(context, ec2);
        var instances = new InstanceApi(ec2);
        var statuses = new InstanceStatusApi(ec2);
        var network = new NetworkApi(ec2);
        var images = new ImageApi(ec2);
        var tags = new TagApi(ec2);
        var addresses = new ElasticAddressApi(ec2);
        operations = new(StringComparer.Ordinal)
        {
            ["CreateLaunchTemplate"] = templates.Create,
            ["DescribeLaunchTemplates"] = templates.Describe,
            ["ModifyLaunchTemplate"] = templates.Modify,
            ["DeleteLaunchTemplate"] = templates.Delete,
            ["CreateLaunchTemplateVersion"] = versions.Create,
            ["DescribeLaunchTemplateVersions"] = versions.Describe,
            ["DeleteLaunchTemplateVersions"] = versions.Delete,
            ["DescribeInstances"] = instances.Describe,
            ["DescribeInstanceStatus"] = statuses.Describe,
            ["DescribeSubnets"] = network.DescribeSubnets,
            ["DescribeVpcs"] = NetworkApi.DescribeVpcs,
            ["DescribeImages"] = images.Describe,
            ["TerminateInstances"] = instances.Terminate,
            ["RebootInstances"] = instances.Reboot,
            ["AllocateAddress"] = addresses.Allocate,
            ["AssociateAddress"] = addresses.Associate,
            ["DisassociateAddress"] = addresses.Disassociate,
            ["ReleaseAddress"] = addresses.Release,
            ["DescribeAddresses"] = addresses.Describe,
            ["CreateTags"] = tags.Create,
            ["DeleteTags"] = tags.Delete,
            ["DescribeTags"] = tags.Describe,
        };
    }

    public string Service => "ec2";

    public AwsProtocol Protocol => AwsProtocol.Ec2Query;

    public PlayedOperations Operations => Ec2Operations.Played;

    public AwsResponse Respond(AwsRequest request)
    {
        var parameters = new QueryParameters(ParameterNode.Parse(request.Parameters), Ec2Errors.Instance);
        return parameters.Flag("DryRun") is true
            ? throw new AwsException("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
            : operations[request.Action](request, parameters);
    }
}
