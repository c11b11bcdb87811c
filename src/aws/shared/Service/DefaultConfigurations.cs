using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace AwsClients.Wire;

/// <summary>The SDK's <c>DefaultConfigurationMode</c>s: https://docs.aws.amazon.com/sdkref/latest/guide/feature-smart-config-defaults.html</summary>
internal static class DefaultConfigurations
{
    public static IDefaultConfigurationProvider Provider() => new DefaultConfigurationProvider(
    [
        Mode(DefaultConfigurationMode.Standard, connectTimeoutMilliseconds: 3_100),
        Mode(DefaultConfigurationMode.InRegion, connectTimeoutMilliseconds: 1_100),
        Mode(DefaultConfigurationMode.CrossRegion, connectTimeoutMilliseconds: 3_100),
        Mode(DefaultConfigurationMode.Mobile, connectTimeoutMilliseconds: 30_000),
        Mode(DefaultConfigurationMode.Auto, connectTimeoutMilliseconds: 1_100),
    ]);

    private static DefaultConfiguration Mode(DefaultConfigurationMode mode, int connectTimeoutMilliseconds) => new()
    {
        Name = mode,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = Amazon.Runtime.S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = TimeSpan.FromMilliseconds(connectTimeoutMilliseconds),
        TlsNegotiationTimeout = TimeSpan.FromMilliseconds(connectTimeoutMilliseconds),
    };
}
