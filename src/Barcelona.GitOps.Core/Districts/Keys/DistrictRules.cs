using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Districts.Keys;

/// <summary>What keys say together that none says alone, and AWS would refuse or leave out. Asks nobody.</summary>
internal static class DistrictRules
{
    /// <summary>
    /// Zones that a load balancer spans at least, with a subnet in each.
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
    /// </summary>
    private const int BalancerSubnets = 2;

    public static void Check(District district, DiagnosticLog log)
    {
        var made = district.Endpoints.Where(e => e.Existing is null).ToList();
        foreach (var endpoint in made)
        {
            Subnets(district, endpoint, log);
            Certificate(district, endpoint, log);
        }

        if (made.Count > 0 && district.ExistingBucket is { } bucket)
        {
            log.Add(DistrictDiagnostics.NoAccessLogs(district.PlaceOf("bucket"), bucket));
        }
    }

    private static void Subnets(District district, Endpoint endpoint, DiagnosticLog log)
    {
        // A network without any is told so itself.
        if (district.Network is Network.Existing existing && !(existing.PublicSubnets.IsEmpty && existing.PrivateSubnets.IsEmpty)
            && existing.BalancerSubnets(endpoint).Distinct(StringComparer.Ordinal).Count() < BalancerSubnets)
        {
            var key = endpoint.Public || existing.PrivateSubnets.IsEmpty ? "public_subnets" : "private_subnets";
            log.Add(DistrictDiagnostics.BalancerSubnets(district.PlaceOf($"endpoints.{endpoint.Name}.public"), endpoint.Name, key));
        }
    }

    private static void Certificate(District district, Endpoint endpoint, DiagnosticLog log)
    {
        // One of IAM has no region, nor has a district whose region is a mistake.
        if (endpoint.CertificateArn is { } arn && AwsArn.RegionOf(arn) is { Length: > 0 } region
            && district.Region.Length > 0 && region != district.Region)
        {
            log.Add(DistrictDiagnostics.CertificateRegion(
                district.PlaceOf($"endpoints.{endpoint.Name}.certificate_arn"), region, district.Region));
        }
    }
}
