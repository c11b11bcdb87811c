using System.Text;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Districts;
using Barcelona.GitOps.Core.Templates.Endpoints;
using Barcelona.GitOps.Core.Tests.Golden;

namespace Barcelona.GitOps.Core.Tests.Templates.Endpoints;

/// <summary>The stacks of endpoints: by certificate, by who may reach them, and by what their district has.</summary>
public sealed class EndpointCases
{
    private static readonly string Folder = GoldenFile.Folder("cases");

    private static readonly Network.Made Made = new("10.1.0.0/16", 2, NatType.ManagedGateway, Ipv6: true, []);

    private static EndpointInputs Plain { get; } = new()
    {
        District = Example.District,
        Endpoint = new() { Name = "demo-endpoint", Span = Example.Nowhere },
        Platform = RepositoryName.Parse("acme/platform"),
        Commit = CommitSha.Parse("0123456789abcdef0123456789abcdef01234567"),
        VpcId = "vpc-0a1b2c3d",
        Subnets = ["subnet-0ccccccc", "subnet-0ddddddd"],
        SecurityGroup = "sg-0a1b2c3d",
    };

    public static TheoryData<string> Names => ["http", "certificate", "domain", "domain-ipv6"];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_endpoint_becomes_the_stack_beside_this_test(string name)
    {
        var stack = EndpointTemplate.Of(Inputs(name));

        GoldenFile.Matches(Path.Combine(Folder, name + ".template.json"), CanonicalJson.Indent(stack.TemplateBody));
        GoldenFile.Matches(Path.Combine(Folder, name + ".txt"), Text(stack));
    }

    [Theory]
    [InlineData(SslPolicy.Old, "ELBSecurityPolicy-TLS13-1-0-2021-06")]
    [InlineData(SslPolicy.Intermediate, "ELBSecurityPolicy-TLS13-1-2-2021-06")]
    [InlineData(SslPolicy.Modern, "ELBSecurityPolicy-TLS13-1-3-2021-06")]
    public void Each_word_is_a_policy_of_today(SslPolicy policy, string expected)
    {
        var inputs = Inputs("certificate");

        var stack = EndpointTemplate.Of(inputs with { Endpoint = inputs.Endpoint with { SslPolicy = policy } });

        Assert.Contains($"\"SslPolicy\":\"{expected}\"", stack.TemplateBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Protection_is_a_parameter_so_that_taking_it_off_changes_nothing_else()
    {
        var (on, off) = (EndpointTemplate.Of(Plain), EndpointTemplate.Of(Plain with { IsProtected = false }));

        Assert.Equal(on.TemplateBody, off.TemplateBody);
        Assert.Equal(
            ("true", "false"), (on.Parameters[DistrictStackKeys.ProtectionParameter], off.Parameters[DistrictStackKeys.ProtectionParameter]));
        Assert.NotEqual(on.Parameters[StackKeys.FingerprintParameter], off.Parameters[StackKeys.FingerprintParameter]);
    }

    private static EndpointInputs Inputs(string name) => name switch
    {
        "http" => Plain,
        "certificate" => Plain with
        {
            Endpoint = Plain.Endpoint with
            {
                Public = true,
                CertificateArn = "arn:aws:acm:ap-northeast-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
            },
            LogBucket = "barcelona-default-bucket-1a2b3c4d5e6f",
            PrivateZone = "Z0123456789ABCDEFGHIJ",
        },
        "domain" => Plain with { Endpoint = Domain(isPublic: false), District = Example.District with { Network = Made } },
        "domain-ipv6" => Plain with { Endpoint = Domain(isPublic: true), District = Example.District with { Network = Made } },
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static Endpoint Domain(bool isPublic) =>
        Plain.Endpoint with { Public = isPublic, Domain = "demo.example.com", HostedZone = "Z9876543210ZYXWVUTSRQ", SslPolicy = SslPolicy.Modern };

    private static string Text(StackSpec stack)
    {
        var text = new StringBuilder().Append(stack.Name).Append(stack.MakesRoles ? " with roles\n" : "\n");
        foreach (var (name, value) in stack.Parameters)
        {
            text.Append("  ").Append(name).Append(" = ").Append(value).Append('\n');
        }

        foreach (var (name, value) in stack.Tags)
        {
            text.Append("  #").Append(name).Append(" = ").Append(value).Append('\n');
        }

        return text.ToString();
    }
}
