using System.Text;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Tests.Triggers;

/// <summary>Files for tests, written as users write them; they must be free of errors.</summary>
internal static class Manifests
{
    public static BarcelonaManifest Read(string yaml)
    {
        var parsed = ManifestParser.Parse("barcelona.yml", Encoding.UTF8.GetBytes(yaml));
        Assert.NotNull(parsed.Value);
        return parsed.Value;
    }

    public static District ReadDistrict(string name, string repositories) => ReadDistrict(name, repositories, "");

    public static District ReadDistrict(string name, string repositories, string more)
    {
        var parsed = DistrictParser.Parse(name, $"districts/{name}.yml", Encoding.UTF8.GetBytes($$$"""
            region: ap-northeast-1
            account: "123456789012"
            repositories: {{{repositories}}}
            network: {existing: {vpc_id: vpc-1, private_subnets: [subnet-a], security_group: sg-1}}
            cluster: {existing: default}
            capacity: ec2
            endpoints:
              demo-endpoint:
                existing: {http_listener_arn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:listener/app/demo/1/2", dns_name: demo.example.com}
            {{{more}}}
            """));
        Assert.NotNull(parsed.Value);
        return parsed.Value;
    }
}
