using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Charlie.Lambdas.Aws.Wire;

/// <summary>The official client's way to AWS: whoever calls says how a request is written and its response is read.</summary>
internal class Ec2Pipeline : AmazonEC2Client
{
    public Ec2Pipeline(AmazonEC2Config config)
        : base(config)
    {
    }

    public Ec2Pipeline(AWSCredentials credentials, AmazonEC2Config config)
        : base(credentials, config)
    {
    }

    // The SDK's pipeline is generic in the response; compiled natively, each further type of it is made at run time.
    public Task<AmazonWebServiceResponse> CallAsync(AmazonEC2Request request, InvokeOptions options) =>
        InvokeAsync<AmazonWebServiceResponse>(request, options, CancellationToken.None);
}
