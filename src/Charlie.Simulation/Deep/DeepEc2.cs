using Amazon.EC2.Model;
using Charlie.Lambdas.Aws;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;
using LaunchTemplate = Charlie.Sandbox.Ec2.LaunchTemplate;
using LaunchTemplateVersion = Charlie.Sandbox.Ec2.LaunchTemplateVersion;

namespace Charlie.Simulation.Deep;

/// <summary>EC2 as the functions and operators call it: the sandbox's own operations, without a wire.</summary>
internal sealed class DeepEc2(IApiCaller caller) : IEc2
{
    private const string Service = "ec2";

    private readonly Ec2Shapes shapes = new();

    public Task<DescribeLaunchTemplatesResponse> DescribeLaunchTemplatesAsync(DescribeLaunchTemplatesRequest request) =>
        CallAsync(
            "DescribeLaunchTemplates",
            new Form(Form.Ec2List) { { "LaunchTemplateId", request.LaunchTemplateIds } },
            result => shapes.Templates((Page<LaunchTemplate>)result!));

    public Task<DescribeLaunchTemplateVersionsResponse> DescribeLaunchTemplateVersionsAsync(
        DescribeLaunchTemplateVersionsRequest request) =>
        CallAsync(
            "DescribeLaunchTemplateVersions",
            new Form(Form.Ec2List)
            {
                { "LaunchTemplateId", request.LaunchTemplateId },
                { "MaxResults", request.MaxResults },
                { "NextToken", request.NextToken },
            },
            result => shapes.Versions((Page<LaunchTemplateVersion>)result!));

    public Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request)
    {
        var form = new Form(Form.Ec2List) { { "NextToken", request.NextToken } };
        form.Add("Filter", request.Filters, (name, filter) =>
        {
            form.Add($"{name}.Name", filter.Name);
            form.Add($"{name}.Value", filter.Values);
        });
        return CallAsync("DescribeInstances", form, result => Ec2Shapes.Instances((Page<Ec2Instance>)result!));
    }

    public Task<CreateLaunchTemplateVersionResponse> CreateLaunchTemplateVersionAsync(CreateLaunchTemplateVersionRequest request) =>
        CallAsync(
            "CreateLaunchTemplateVersion",
            Data(
                new Form(Form.Ec2List)
                {
                    { "LaunchTemplateId", request.LaunchTemplateId },
                    { "SourceVersion", request.SourceVersion },
                    { "VersionDescription", request.VersionDescription },
                    { "ClientToken", request.ClientToken },
                },
                request.LaunchTemplateData),
            result => shapes.NewVersion((LaunchTemplateVersion)result!));

    /// <summary>Only operators create a template.</summary>
    public Task<CreateLaunchTemplateResponse> CreateLaunchTemplateAsync(CreateLaunchTemplateRequest request) =>
        CallAsync(
            "CreateLaunchTemplate",
            Data(new Form(Form.Ec2List) { { "LaunchTemplateName", request.LaunchTemplateName } }, request.LaunchTemplateData),
            result => Ec2Shapes.NewTemplate((LaunchTemplate)result!));

    public Task DeleteLaunchTemplateVersionsAsync(DeleteLaunchTemplateVersionsRequest request) =>
        CallAsync(
            "DeleteLaunchTemplateVersions",
            new Form(Form.Ec2List)
            {
                { "LaunchTemplateId", request.LaunchTemplateId },
                { "LaunchTemplateVersion", request.Versions },
            },
            _ => new DeleteLaunchTemplateVersionsResponse());

    public Task CreateTagsAsync(CreateTagsRequest request) =>
        CallAsync("CreateTags", Tags(request.Resources, request.Tags), _ => new CreateTagsResponse());

    public Task DeleteTagsAsync(DeleteTagsRequest request) =>
        CallAsync("DeleteTags", Tags(request.Resources, request.Tags), _ => new DeleteTagsResponse());

    private Task<TResponse> CallAsync<TResponse>(string action, Form form, Func<object?, TResponse> read)
        where TResponse : class =>
        caller.CallAsync(new ApiCallRequest(Service, action, form.Parameters), read);

    private static Form Tags(List<string> resources, List<Tag> tags)
    {
        var form = new Form(Form.Ec2List) { { "ResourceId", resources } };
        form.Add("Tag", tags, (name, tag) => Add(form, name, tag));
        return form;
    }

    private static Form Data(Form form, RequestLaunchTemplateData data)
    {
        form.Add("LaunchTemplateData.ImageId", data.ImageId);
        form.Add("LaunchTemplateData.InstanceType", data.InstanceType);
        form.Add("LaunchTemplateData.TagSpecification", data.TagSpecifications, (name, specification) =>
        {
            form.Add($"{name}.ResourceType", specification.ResourceType);
            form.Add($"{name}.Tag", specification.Tags, (one, tag) => Add(form, one, tag));
        });
        return form;
    }

    private static void Add(Form form, string name, Tag tag)
    {
        form.Add($"{name}.Key", tag.Key);
        form.Add($"{name}.Value", tag.Value);
    }
}
