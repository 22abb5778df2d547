using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class DescribeLifecycleHooksRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }

    public List<string> LifecycleHookNames { get; set; } = Unset.List<string>();
}

public partial class DescribeLifecycleHooksResponse : AmazonWebServiceResponse
{
    public List<LifecycleHook> LifecycleHooks { get; set; } = Unset.List<LifecycleHook>();
}
