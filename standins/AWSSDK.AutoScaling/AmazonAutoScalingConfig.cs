using Amazon.AutoScaling.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Amazon.AutoScaling;

public partial class AmazonAutoScalingConfig : ClientConfig
{
    private static readonly string UserAgentString = InternalSDKUtils.BuildUserAgentString("AutoScaling", "4.0.11");

    public AmazonAutoScalingConfig()
        : base(new DefaultConfigurationProvider(AmazonAutoScalingDefaultConfiguration.GetAllConfigurations()))
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "autoscaling";
        EndpointProvider = new AmazonAutoScalingEndpointProvider();
    }

    public static new string ServiceId => "Auto Scaling";

    public override string RegionEndpointServiceName => "autoscaling";

    public override string ServiceVersion => "2011-01-01";

    public override string UserAgent => UserAgentString;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(new Endpoints.AutoScalingEndpointParameters
        {
            Region = parameters.AlternateEndpoint?.SystemName ?? RegionEndpoint?.SystemName,
            UseDualStack = UseDualstackEndpoint,
            UseFIPS = UseFIPSEndpoint,
            Endpoint = ServiceURL,
        });
}
