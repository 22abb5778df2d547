using Amazon.Runtime;

namespace Charlie.Lambdas.Aws;

/// <summary>
/// How long the clients wait for AWS. The SDK's own 100 s and up to four retries would keep a run for minutes at an endpoint that
/// does not respond.
/// </summary>
internal static class ClientLimits
{
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>After the first attempt.</summary>
    public const int MaxRetries = 2;

    /// <summary>The configuration with the limits set.</summary>
    public static T Limit<T>(T config)
        where T : ClientConfig
    {
        config.Timeout = CallTimeout;
        config.MaxErrorRetry = MaxRetries;
        return config;
    }
}
