using Amazon.Runtime;

namespace Amazon.AutoScaling.Model;

public partial class StartInstanceRefreshRequest : AmazonAutoScalingRequest
{
    public string AutoScalingGroupName { get; set; }

    public DesiredConfiguration DesiredConfiguration { get; set; }

    public RefreshPreferences Preferences { get; set; }

    public RefreshStrategy Strategy { get; set; }
}

public partial class StartInstanceRefreshResponse : AmazonWebServiceResponse
{
    public string InstanceRefreshId { get; set; }
}
