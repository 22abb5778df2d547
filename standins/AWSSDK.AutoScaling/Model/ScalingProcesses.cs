using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class SuspendProcessesRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }

    public List<string> ScalingProcesses { get; set; } = Unset.List<string>();
}

public partial class SuspendProcessesResponse : AmazonWebServiceResponse
{
}

public partial class ResumeProcessesRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }

    public List<string> ScalingProcesses { get; set; } = Unset.List<string>();
}

public partial class ResumeProcessesResponse : AmazonWebServiceResponse
{
}
