using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

/// <summary>A resource as it was before an update: what a rollback returns to.</summary>
internal sealed record ResourceSnapshot(string PhysicalId, JsonObject Properties, JsonObject Attributes);
