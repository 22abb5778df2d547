using Amazon.AutoScaling;
using Amazon.Runtime;

namespace Charlie.Lambdas.Aws.Wire;

/// <summary>The official client, whole.</summary>
internal class AutoScalingClient : AmazonAutoScalingClient, IAutoScaling
{
    public AutoScalingClient(AmazonAutoScalingConfig config)
        : base(config)
    {
    }

    public AutoScalingClient(AWSCredentials credentials, AmazonAutoScalingConfig config)
        : base(credentials, config)
    {
    }
}
