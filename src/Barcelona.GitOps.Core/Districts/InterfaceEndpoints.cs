using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Districts;

/// <summary>
/// The words of <c>interface_endpoints</c>: each stands for all that is needed to use one AWS service from inside the network.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
/// </summary>
public static class InterfaceEndpoints
{
    /// <summary>Images can be pulled without a way to the internet: with it, tasks stay private even when there is no NAT.</summary>
    public const string Images = "ecr";

    /// <summary>The last part of the services' names, <c>com.amazonaws.&lt;region&gt;.&lt;service&gt;</c>, by the file's word.</summary>
    public static readonly FrozenDictionary<string, ImmutableArray<string>> Services = new Dictionary<string, ImmutableArray<string>>
    {
        [Images] = ["ecr.api", "ecr.dkr"],
        ["ecs"] = ["ecs", "ecs-agent", "ecs-telemetry"],
        ["events"] = ["events"],
        ["kms"] = ["kms"],
        ["logs"] = ["logs"],
        ["monitoring"] = ["monitoring"],
        ["secretsmanager"] = ["secretsmanager"],
        ["sns"] = ["sns"],
        ["sqs"] = ["sqs"],

        // Not ec2messages: newer regions have no such service, and the agents of our images do without.
        // https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
        ["ssm"] = ["ssm", "ssmmessages"],
        ["sts"] = ["sts"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Words => Services.Keys.Order(StringComparer.Ordinal);
}
