using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class DeleteAutoScalingGroupRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }

    public bool? ForceDelete { get; set; }
}

public partial class DeleteAutoScalingGroupResponse : AmazonWebServiceResponse
{
}
