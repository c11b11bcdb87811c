namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

/// <summary>A stack as it was when its update began.</summary>
internal sealed record StackBefore(
    StackDefinition Definition, IReadOnlyDictionary<string, ResourceSnapshot> Resources, IReadOnlyList<StackOutput> Outputs);
