using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>EC2's Query API: which operation is answered where.</summary>
internal sealed class Ec2Api : IAwsApi
{
    private readonly Dictionary<string, Func<AwsRequest, QueryParameters, AwsResponse>> operations;

    public Ec2Api(Cloud cloud)
    {
        var templates = new LaunchTemplateApi(cloud);
        var versions = new LaunchTemplateVersionApi(cloud);
        var instances = new InstanceApi(cloud);
        var tags = new TagApi(cloud);
        var addresses = new ElasticAddressApi(cloud);
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
            ["TerminateInstances"] = instances.Terminate,
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

    public AwsResponse Answer(AwsRequest request)
    {
        if (!operations.TryGetValue(request.Action, out var operation))
        {
            throw AwsErrors.UnknownAction(Protocol, request.Action, null);
        }

        var parameters = new QueryParameters(ParameterNode.Parse(request.Parameters), Ec2Errors.Instance);
        return parameters.Flag("DryRun") is true
            ? throw new AwsException("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
            : operation(request, parameters);
    }
}
