using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.EC2.Model.Internal.MarshallTransformations;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Charlie.Lambdas.Aws.Wire;

/// <summary>
/// EC2 through the official client; of three responses that describe whole machines it reads only what Charlie knows. The SDK
/// would look each instance type up in a table of a thousand that it fills by reflection, which took half of a cold start.
/// </summary>
internal sealed class LeanEc2Client(Ec2Pipeline pipeline) : IEc2
{
    public Task<DescribeLaunchTemplatesResponse> DescribeLaunchTemplatesAsync(DescribeLaunchTemplatesRequest request) =>
        CallAsync<DescribeLaunchTemplatesResponse>(
            request, DescribeLaunchTemplatesRequestMarshaller.Instance, DescribeLaunchTemplatesResponseUnmarshaller.Instance);

    public Task<DescribeLaunchTemplateVersionsResponse> DescribeLaunchTemplateVersionsAsync(
        DescribeLaunchTemplateVersionsRequest request) =>
        CallAsync<DescribeLaunchTemplateVersionsResponse>(
            request, DescribeLaunchTemplateVersionsRequestMarshaller.Instance, LeanResponses.TemplateVersions);

    public Task<CreateLaunchTemplateVersionResponse> CreateLaunchTemplateVersionAsync(CreateLaunchTemplateVersionRequest request) =>
        CallAsync<CreateLaunchTemplateVersionResponse>(
            request, CreateLaunchTemplateVersionRequestMarshaller.Instance, LeanResponses.NewTemplateVersion);

    public Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request) =>
        CallAsync<DescribeInstancesResponse>(request, DescribeInstancesRequestMarshaller.Instance, LeanResponses.Instances);

    public Task DeleteLaunchTemplateVersionsAsync(DeleteLaunchTemplateVersionsRequest request) =>
        SendAsync(
            request, DeleteLaunchTemplateVersionsRequestMarshaller.Instance, DeleteLaunchTemplateVersionsResponseUnmarshaller.Instance);

    public Task CreateTagsAsync(CreateTagsRequest request) =>
        SendAsync(request, CreateTagsRequestMarshaller.Instance, CreateTagsResponseUnmarshaller.Instance);

    public Task DeleteTagsAsync(DeleteTagsRequest request) =>
        SendAsync(request, DeleteTagsRequestMarshaller.Instance, DeleteTagsResponseUnmarshaller.Instance);

    private async Task<TResponse> CallAsync<TResponse>(
        AmazonEC2Request request, IMarshaller<IRequest, AmazonWebServiceRequest> marshaller, ResponseUnmarshaller unmarshaller)
        where TResponse : AmazonWebServiceResponse =>
        (TResponse)await SendAsync(request, marshaller, unmarshaller);

    private Task<AmazonWebServiceResponse> SendAsync(
        AmazonEC2Request request, IMarshaller<IRequest, AmazonWebServiceRequest> marshaller, ResponseUnmarshaller unmarshaller) =>
        pipeline.CallAsync(request, new InvokeOptions { RequestMarshaller = marshaller, ResponseUnmarshaller = unmarshaller });
}
