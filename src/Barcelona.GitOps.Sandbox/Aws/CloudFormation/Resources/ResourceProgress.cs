using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;

/// <summary>How far a handler has come.</summary>
internal abstract record ResourceProgress
{
    /// <param name="Attributes">What Fn::GetAtt yields.</param>
    internal sealed record Done(string PhysicalId, JsonObject Attributes) : ResourceProgress;

    /// <summary>Begun and not settled; ask again.</summary>
    internal sealed record Working(string PhysicalId, JsonObject Attributes, Func<ResourceProgress> Ask) : ResourceProgress;

    internal sealed record Failed(string Reason) : ResourceProgress;
}
