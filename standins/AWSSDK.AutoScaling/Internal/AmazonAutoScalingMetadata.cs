using Amazon.Runtime.Internal;

namespace Amazon.AutoScaling.Internal;

public partial class AmazonAutoScalingMetadata : IServiceMetadata
{
    public string ServiceId => "Auto Scaling";

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
