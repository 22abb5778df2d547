using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.EC2.Model.Internal.MarshallTransformations;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Charlie.Lambdas.Aws.Wire;

/// <summary>
/// The official client; of three responses that describe whole machines it reads only what Charlie knows. The SDK would
/// look each instance type up in a table of a thousand that it fills by reflection, which took half of a cold start.
/// Its methods are hidden, not overridden: a native program keeps what an overridden one reads.
/// </summary>
internal class LeanEc2Client : AmazonEC2Client
{
    public LeanEc2Client(AmazonEC2Config config)
        : base(config)
    {
    }

    protected LeanEc2Client(AWSCredentials credentials, AmazonEC2Config config)
        : base(credentials, config)
    {
    }

    public new Task<DescribeLaunchTemplatesResponse> DescribeLaunchTemplatesAsync(
        DescribeLaunchTemplatesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeLaunchTemplatesResponse>(
            request,
            DescribeLaunchTemplatesRequestMarshaller.Instance,
            DescribeLaunchTemplatesResponseUnmarshaller.Instance,
            cancellationToken);

    public new Task<DescribeLaunchTemplateVersionsResponse> DescribeLaunchTemplateVersionsAsync(
        DescribeLaunchTemplateVersionsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeLaunchTemplateVersionsResponse>(
            request, DescribeLaunchTemplateVersionsRequestMarshaller.Instance, LeanResponses.TemplateVersions, cancellationToken);

    public new Task<CreateLaunchTemplateVersionResponse> CreateLaunchTemplateVersionAsync(
        CreateLaunchTemplateVersionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<CreateLaunchTemplateVersionResponse>(
            request, CreateLaunchTemplateVersionRequestMarshaller.Instance, LeanResponses.NewTemplateVersion, cancellationToken);

    public new Task<DescribeInstancesResponse> DescribeInstancesAsync(
        DescribeInstancesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeInstancesResponse>(
            request, DescribeInstancesRequestMarshaller.Instance, LeanResponses.Instances, cancellationToken);

    public new Task<CreateTagsResponse> CreateTagsAsync(CreateTagsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<CreateTagsResponse>(
            request, CreateTagsRequestMarshaller.Instance, CreateTagsResponseUnmarshaller.Instance, cancellationToken);

    // The SDK's pipeline is generic in the response; compiled natively, each further type of it is made at run time.
    private async Task<TResponse> CallAsync<TResponse>(
        AmazonEC2Request request,
        IMarshaller<IRequest, AmazonWebServiceRequest> marshaller,
        ResponseUnmarshaller unmarshaller,
        CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse =>
        (TResponse)await InvokeAsync<AmazonWebServiceResponse>(
            request, new InvokeOptions { RequestMarshaller = marshaller, ResponseUnmarshaller = unmarshaller }, cancellationToken);
}
