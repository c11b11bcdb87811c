namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.References;

/// <summary>A property of a type whose value names a resource of another type.</summary>
/// <param name="Path">Below the properties, separated by slashes; a list on the way means each of its items.</param>
/// <param name="Holds">Whether the named resource cannot go while this one is there.</param>
internal sealed record Reference(string Path, string Target, bool Holds);
