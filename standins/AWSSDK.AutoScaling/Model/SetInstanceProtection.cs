using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class SetInstanceProtectionRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }

    public List<string> InstanceIds { get; set; } = Unset.List<string>();

    public bool? ProtectedFromScaleIn { get; set; }
}

public partial class SetInstanceProtectionResponse : AmazonWebServiceResponse
{
}
