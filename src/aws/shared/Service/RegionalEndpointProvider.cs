using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace AwsClients.Wire;

/// <summary>
/// The endpoint rule that all regional services share: <c>https://{prefix}[-fips].{region}.{suffix of the partition}</c>, or the configured URL.
/// </summary>
/// <remarks>The rule sets of the service models come to the same for these services; IAM and other global ones would need their own.</remarks>
internal sealed class RegionalEndpointProvider(string prefix) : IEndpointProvider
{
    /// <exception cref="AmazonClientException">The configuration names no region, or asks for what the region's partition lacks.</exception>
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var useFips = parameters[EndpointParameterNames.UseFips] is true;
        var useDualStack = parameters[EndpointParameterNames.UseDualStack] is true;
        if (parameters[EndpointParameterNames.Endpoint] is string { Length: > 0 } customUrl)
        {
            Require(!useFips, "Invalid Configuration: FIPS and custom endpoint are not supported");
            Require(!useDualStack, "Invalid Configuration: Dualstack and custom endpoint are not supported");
            return new Endpoint(customUrl);
        }

        if (parameters[EndpointParameterNames.Region] is not string { Length: > 0 } region)
        {
            throw new AmazonClientException("Invalid Configuration: Missing Region");
        }

        var partition = Fn.Partition(region) ?? throw new AmazonClientException($"Unknown partition for region {region}");
        Require(!useFips || partition.supportsFIPS, "FIPS is enabled but this partition does not support FIPS");
        Require(!useDualStack || partition.supportsDualStack, "DualStack is enabled but this partition does not support DualStack");
        var host = prefix + (useFips ? "-fips" : "");
        var suffix = useDualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return new Endpoint($"https://{host}.{region}.{suffix}");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new AmazonClientException(otherwise);
        }
    }
}
