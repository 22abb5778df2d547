using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.AutoScaling.Internal;

/// <summary>AWS's endpoint rules of Auto Scaling, over the SDK's own table of partitions.</summary>
public class AmazonAutoScalingEndpointProvider : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var dualStack = Flag(parameters, "UseDualStack");
        var fips = Flag(parameters, "UseFIPS");
        if (parameters["Endpoint"] is string custom)
        {
            return fips ? throw new AmazonClientException("Invalid Configuration: FIPS and custom endpoint are not supported")
                : dualStack ? throw new AmazonClientException("Invalid Configuration: Dualstack and custom endpoint are not supported")
                : new Endpoint(custom);
        }

        var region = parameters["Region"] as string
            ?? throw new AmazonClientException("Invalid Configuration: Missing Region");
        return new Endpoint($"https://{Host(region, Fn.Partition(region), dualStack, fips)}");
    }

    private static string Host(string region, Partition partition, bool dualStack, bool fips)
    {
        if (fips && !partition.supportsFIPS)
        {
            throw new AmazonClientException("FIPS is enabled but this partition does not support FIPS");
        }

        if (dualStack && !partition.supportsDualStack)
        {
            throw new AmazonClientException("DualStack is enabled but this partition does not support DualStack");
        }

        // GovCloud's plain endpoints are its FIPS endpoints.
        var service = fips && !(partition.name == "aws-us-gov" && !dualStack) ? "autoscaling-fips" : "autoscaling";
        return $"{service}.{region}.{(dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}";
    }

    private static bool Flag(EndpointParameters parameters, string name) => parameters[name] as bool?
        ?? throw new AmazonClientException($"{name} parameter must be set for endpoint resolution");
}
