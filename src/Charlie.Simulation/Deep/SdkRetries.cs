using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ExecutionContext = Amazon.Runtime.Internal.ExecutionContext;

namespace Charlie.Simulation.Deep;

/// <summary>What the SDK tries again, by its own standard policy, and how long it waits.</summary>
internal static class SdkRetries
{
    private static readonly StandardRetryPolicy Policy = new(new AmazonEC2Config { RegionEndpoint = RegionEndpoint.USEast1 });

    public static bool IsRetried(Exception error) =>
        Policy.RetryForException(new ExecutionContext(new RequestContext(false), new ResponseContext()), error);

    /// <summary>The wait before a retry, which is drawn: a second at most before the first, twice that before each further one.</summary>
    /// <param name="retry">From 1.</param>
    /// <param name="random">Draws it.</param>
    public static TimeSpan WaitBefore(int retry, Random random)
    {
        var max = Math.Min(Math.Pow(2, retry - 1) * 1000, Policy.MaxBackoffInMilliseconds);
        return TimeSpan.FromMilliseconds(random.NextDouble() * max);
    }
}
