using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace AwsClients.Wire;

/// <summary>The step of the SDK's pipeline that decides where a request goes.</summary>
internal sealed class RegionalEndpointResolver : BaseEndpointResolver
{
    /// <param name="config">The client's configuration.</param>
    /// <param name="alternateRegion">A region that the request asks for instead of the configured one.</param>
    public static EndpointParameters Parameters(IClientConfig config, RegionEndpoint? alternateRegion) => new()
    {
        [EndpointParameterNames.UseDualStack] = config.UseDualstackEndpoint,
        [EndpointParameterNames.UseFips] = config.UseFIPSEndpoint,
        [EndpointParameterNames.Endpoint] = config.ServiceURL,
        [EndpointParameterNames.Region] = Region(config, alternateRegion),
    };

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        Parameters(requestContext.ClientConfig, requestContext.Request?.AlternateEndpoint);

    private static string? Region(IClientConfig config, RegionEndpoint? alternateRegion) =>
        alternateRegion is not null ? alternateRegion.SystemName
        : string.IsNullOrEmpty(config.AuthenticationRegion) ? config.RegionEndpoint?.SystemName
        : config.AuthenticationRegion;
}
