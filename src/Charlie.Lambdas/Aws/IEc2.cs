using Amazon.EC2.Model;

namespace Charlie.Lambdas.Aws;

/// <summary>What Charlie asks of EC2, in the SDK's types. It needs of a response what <see cref="Wire.LeanResponses"/> reads.</summary>
internal interface IEc2
{
    Task<DescribeLaunchTemplatesResponse> DescribeLaunchTemplatesAsync(DescribeLaunchTemplatesRequest request);

    Task<DescribeLaunchTemplateVersionsResponse> DescribeLaunchTemplateVersionsAsync(DescribeLaunchTemplateVersionsRequest request);

    Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request);

    Task<CreateLaunchTemplateVersionResponse> CreateLaunchTemplateVersionAsync(CreateLaunchTemplateVersionRequest request);

    Task DeleteLaunchTemplateVersionsAsync(DeleteLaunchTemplateVersionsRequest request);

    Task CreateTagsAsync(CreateTagsRequest request);

    Task DeleteTagsAsync(DeleteTagsRequest request);
}
