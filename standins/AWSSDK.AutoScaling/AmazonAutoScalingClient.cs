using Amazon.AutoScaling.Internal;
using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.AutoScaling;

public partial class AmazonAutoScalingClient : AmazonServiceClient, IAmazonAutoScaling
{
    private static readonly AmazonAutoScalingMetadata Metadata = new();

    public AmazonAutoScalingClient()
        : base(new AmazonAutoScalingConfig())
    {
    }

    public AmazonAutoScalingClient(RegionEndpoint region)
        : base(new AmazonAutoScalingConfig { RegionEndpoint = region })
    {
    }

    public AmazonAutoScalingClient(AmazonAutoScalingConfig config)
        : base(config)
    {
    }

    public AmazonAutoScalingClient(AWSCredentials credentials)
        : this(credentials, new AmazonAutoScalingConfig())
    {
    }

    public AmazonAutoScalingClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonAutoScalingConfig { RegionEndpoint = region })
    {
    }

    public AmazonAutoScalingClient(AWSCredentials credentials, AmazonAutoScalingConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public IAutoScalingPaginatorFactory Paginators => field ??= new AutoScalingPaginatorFactory(this);

    protected override IServiceMetadata ServiceMetadata => Metadata;

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request)
    {
        var parameters = new ServiceOperationEndpointParameters(request);
        return Config.DetermineServiceOperationEndpoint(parameters);
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new AmazonAutoScalingEndpointResolver());
        pipeline.AddHandlerAfter<AmazonAutoScalingEndpointResolver>(new AmazonAutoScalingAuthSchemeHandler());
    }
}
