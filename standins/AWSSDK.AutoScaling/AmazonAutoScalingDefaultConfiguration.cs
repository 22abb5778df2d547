using System.Collections.ObjectModel;
using Amazon.Runtime;

namespace Amazon.AutoScaling;

/// <summary>AWS's defaults by mode (AWS_DEFAULTS_MODE), the same for every service but S3.</summary>
public static class AmazonAutoScalingDefaultConfiguration
{
    public static IDefaultConfiguration Standard { get; } = Of(DefaultConfigurationMode.Standard, 3.1);

    public static IDefaultConfiguration InRegion { get; } = Of(DefaultConfigurationMode.InRegion, 1.1);

    public static IDefaultConfiguration CrossRegion { get; } = Of(DefaultConfigurationMode.CrossRegion, 3.1);

    public static IDefaultConfiguration Mobile { get; } = Of(DefaultConfigurationMode.Mobile, 30);

    public static IDefaultConfiguration Auto { get; } = Of(DefaultConfigurationMode.Auto, 1.1);

    public static ReadOnlyCollection<IDefaultConfiguration> GetAllConfigurations() =>
        new([Standard, InRegion, CrossRegion, Mobile, Auto]);

    private static DefaultConfiguration Of(DefaultConfigurationMode mode, double connectSeconds) => new()
    {
        Name = mode,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = TimeSpan.FromSeconds(connectSeconds),
        TlsNegotiationTimeout = TimeSpan.FromSeconds(connectSeconds),
        TimeToFirstByteTimeout = null,
        HttpRequestTimeout = null,
    };
}
