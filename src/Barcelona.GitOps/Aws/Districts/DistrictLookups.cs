using System.Collections.Immutable;
using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement.Model;

namespace Barcelona.GitOps.Aws.Districts;

/// <summary>What AWS offers at a place: availability zones, and the newest images. Asked once, and kept in the stack's parameters.</summary>
public sealed class DistrictLookups
{
    /// <summary>Zones in which this account can make something now, by name. Local and wavelength zones are left out.</summary>
    public async Task<ImmutableArray<string>> ZonesAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var request = new DescribeAvailabilityZonesRequest
        {
            Filters = [new("zone-type", ["availability-zone"]), new("state", ["available"])],
        };
        var response = await session.Ec2.DescribeAvailabilityZonesAsync(request, cancellationToken).Translated(cancellationToken);
        return [.. (response.AvailabilityZones ?? []).Select(z => z.ZoneName).Order(StringComparer.Ordinal)];
    }

    /// <param name="parameter">A public parameter: <c>/aws/service/…/image_id</c>.</param>
    /// <returns>Null: there is no such parameter in this region.</returns>
    public async Task<string?> ImageAsync(AwsSession session, string parameter, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetParameterRequest { Name = parameter };
            var response = await session.Ssm.GetParameterAsync(request, cancellationToken).Translated(cancellationToken);
            return response.Parameter?.Value;
        }
        catch (ParameterNotFoundException)
        {
            return null;
        }
    }
}
