using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class CancelInstanceRefreshRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }

    /// <summary>Whether launches and terminations that are under way end first; AWS's default is true.</summary>
    public bool? WaitForTransitioningInstances { get; set; }
}

public partial class CancelInstanceRefreshResponse : AmazonWebServiceResponse
{
    public string InstanceRefreshId { get; set; }
}
