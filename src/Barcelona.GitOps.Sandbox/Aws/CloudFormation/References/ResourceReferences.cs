using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;
using Barcelona.GitOps.Sandbox.Aws.Inventory;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.References;

/// <summary>What a resource names must exist, lie in one network, and stays as long as something holds it.</summary>
internal static class ResourceReferences
{
    /// <summary>The resources that the properties name; one that is missing is an error.</summary>
    public static IReadOnlyList<KnownResource> Resolve(ResourceRequest request) =>
        [.. ReferenceTable.Of(request.Type).SelectMany(reference => Resolve(request, reference))];

    public static void CheckNotHeld(AwsRegion region, KnownResource resource)
    {
        var holder = region.Inventory.All.FirstOrDefault(other => other != resource && ReferenceTable.Of(other.Type)
            .Any(reference => reference.Holds && reference.Target == resource.Type
                && ReferenceValues.Of(other.Properties, reference).Any(resource.Answers)));
        if (holder is null) return;
        throw resource.Type == "AWS::IAM::ManagedPolicy"
            ? new AwsErrorException("DeleteConflict", "Cannot delete a policy attached to entities.", 409)
            : new AwsErrorException("DependencyViolation",
                $"The {Noun(resource.Type)} '{resource.Id}' has dependencies and cannot be deleted: {holder.Type} {holder.Id}.");
    }

    /// <summary><c>AWS::EC2::RouteTable</c> is a RouteTable.</summary>
    public static string Noun(string type) => type.Split("::")[^1];

    private static IEnumerable<KnownResource> Resolve(ResourceRequest request, Reference reference)
    {
        foreach (var name in ReferenceValues.Of(request.Properties, reference).Where(name => !IsElsewhere(request.Region, name)))
            yield return request.Region.Inventory.Find(reference.Target, name) ?? throw NotFound(reference.Target, name);
    }

    /// <summary>AWS's own policies, and what another account shares.</summary>
    private static bool IsElsewhere(AwsRegion region, string name) =>
        name.Split(':') is ["arn", _, _, _, { Length: > 0 } account, ..] && account != region.AccountId;

    private static AwsErrorException NotFound(string type, string name) => type.Split("::")[1] switch
    {
        "EC2" => new AwsErrorException($"Invalid{Noun(type)}ID.NotFound", $"The {Noun(type)} ID '{name}' does not exist"),
        "IAM" => new AwsErrorException("NoSuchEntityNotFound", $"The {Noun(type)} with name {name} cannot be found.", 404),
        _ => new AwsErrorException($"{Noun(type)}NotFound", $"The {Noun(type)} '{name}' does not exist"),
    };
}
