using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.LoadBalancing;

internal sealed class Listener(string arn, string balancerArn)
{
    public string Arn { get; } = arn;

    public string BalancerArn { get; } = balancerArn;

    /// <summary>CloudFormation's properties: Port, Protocol, DefaultActions, Certificates, SslPolicy.</summary>
    public required JsonObject Properties { get; set; }

    /// <summary>In any order; the default action is not among them.</summary>
    public List<ListenerRule> Rules { get; } = [];
}
