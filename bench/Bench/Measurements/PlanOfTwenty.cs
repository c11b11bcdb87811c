using System.Collections.Immutable;
using System.Text;
using Barcelona.GitOps.Bench.Report;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Routing;
using Barcelona.GitOps.Core.Tests.Planning;

namespace Barcelona.GitOps.Bench.Measurements;

/// <summary>Templates, task definitions, plan and guards of twenty services; what AWS has is given.</summary>
internal static class PlanOfTwenty
{
    private const string DistrictFile = """
        region: ap-northeast-1
        account: "123456789012"
        repositories: [acme/*]
        capacity: ec2
        network:
          existing: {vpc_id: vpc-0a1b2c3d, public_subnets: [subnet-0aaaaaaa], private_subnets: [subnet-0bbbbbbb], security_group: sg-0a1b2c3d}
        cluster: {existing: default}
        bucket: {existing: acme-barcelona}
        endpoints:
          demo-endpoint:
            existing:
              http_listener_arn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:listener/app/demo-endpoint/0123456789abcdef/1111111111111111"
              dns_name: demo.example.com

        """;

    public static IEnumerable<Figure> Measure(Workbench bench)
    {
        var first = Inputs();
        var applied = Applied.To(Applied.Nothing, Built(first));
        var next = first with { Image = "acme/shop:next" };
        if (Plan(next, applied) is not { Steps.Length: 21 } || !Plan(first, applied).IsEmpty)
            throw new InvalidOperationException("The plan is not the one that is to be measured.");

        var times = bench.Options.Rounds(5) * 100;
        yield return new("plan of 20 services, all with a new image", "ms", Repeated.Time(times, () => Plan(next, applied)))
        {
            Target = Target.Under(20),
        };
        yield return new("plan of 20 services, nothing to do", "ms", Repeated.Time(times, () => Plan(first, applied))) { Target = Target.Under(20) };
    }

    private static Plan Plan(ReleaseInputs inputs, ObservedState observed)
    {
        var desired = Built(inputs);
        var plan = Planner.Plan(desired, observed);
        return PlanGuards.DeletesEveryService(desired, observed.AppStack) is { } refusal
            ? throw new InvalidOperationException(refusal.Message)
            : plan;
    }

    private static DesiredState Built(ReleaseInputs inputs)
    {
        var built = DesiredStateBuilder.Build(inputs);
        return built.Value ?? throw new InvalidOperationException(string.Join('\n', built.Diagnostics));
    }

    private static ReleaseInputs Inputs()
    {
        var district = DistrictParser.Parse("default", "districts/default.yml", Encoding.UTF8.GetBytes(DistrictFile));
        var manifest = ManifestParser.Parse("barcelona.yml", Encoding.UTF8.GetBytes(OrdinaryFile.TwentyServices));
        if (district.Value is not { } into || manifest.Value is not { Environments: [var environment] })
            throw new InvalidOperationException(string.Join('\n', [.. district.Diagnostics, .. manifest.Diagnostics]));
        return new()
        {
            Repository = RepositoryName.Parse("acme/shop"),
            Commit = CommitSha.Parse("0123456789abcdef0123456789abcdef01234567"),
            Ref = GitRef.Branch("main"),
            Environment = environment,
            District = into,
            Image = "acme/shop:0123456789abcdef0123456789abcdef01234567",
            Secrets = ImmutableSortedDictionary<string, ResolvedSecret>.Empty,
            Priorities = RulePriorities.Allocate(new() { Owner = "default/shop", District = into, Services = environment.Services }).Priorities,
        };
    }
}
