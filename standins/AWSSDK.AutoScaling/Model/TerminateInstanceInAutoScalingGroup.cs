using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class TerminateInstanceInAutoScalingGroupRequest : AmazonAutoScalingRequest
{
    public string InstanceId { get; set; }

    public bool? ShouldDecrementDesiredCapacity { get; set; }
}

public partial class TerminateInstanceInAutoScalingGroupResponse : AmazonWebServiceResponse
{
    public Activity Activity { get; set; }
}
