namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>District files that the scenarios push.</summary>
internal static class DistrictTexts
{
    /// <summary>Everything is made, as small as can be.</summary>
    public const string Made = """
        region: ap-northeast-1
        account: "123456789012"
        repositories: ["acme/*"]
        network:
          cidr_block: 10.1.0.0/16
          zones: 2
          nat_type: managed_gateway
        capacity: ec2
        cluster:
          instance_types: [t3.small]
          min: 1
          max: 3
        endpoints:
          demo-endpoint:
            public: true

        """;

    /// <summary>The same with something else in one place.</summary>
    public static string With(string old, string text) => Made.Contains(old, StringComparison.Ordinal)
        ? Made.Replace(old, text, StringComparison.Ordinal)
        : throw new ArgumentException($"There is no '{old}' in it.", nameof(old));
}
