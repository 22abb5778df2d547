using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class RollbackInstanceRefreshRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }
}

public partial class RollbackInstanceRefreshResponse : AmazonWebServiceResponse
{
    public string InstanceRefreshId { get; set; }
}
