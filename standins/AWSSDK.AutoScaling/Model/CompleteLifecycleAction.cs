using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class CompleteLifecycleActionRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }

    public string InstanceId { get; set; }

    /// <summary>CONTINUE or ABANDON.</summary>
    public string LifecycleActionResult { get; set; }

    public string LifecycleActionToken { get; set; }

    public string LifecycleHookName { get; set; }
}

public partial class CompleteLifecycleActionResponse : AmazonWebServiceResponse
{
}
