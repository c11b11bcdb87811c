using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;

/// <summary>A type that is only a record: it gets a name and attributes, and what it names and takes is checked as for all others.</summary>
internal sealed class GenericResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var id = PhysicalIds.Of(request);
        if (PhysicalIds.Given(request) is { } name && request.Region.Inventory.OfType(request.Type).Any(known => known.Id == id))
            throw new AwsErrorException("AlreadyExistsException", $"{name} already exists in stack or account");
        return new ResourceProgress.Done(id, ResourceAttributes.Of(request, id));
    }

    public ResourceProgress Update(ResourceRequest request) => new ResourceProgress.Done(request.PhysicalId, Kept(request));

    public ResourceProgress Delete(ResourceRequest request) => new ResourceProgress.Done(request.PhysicalId, []);

    /// <summary>Attributes outlive an update: an address or a generated id is not drawn again.</summary>
    public static JsonObject Kept(ResourceRequest request) =>
        request.Region.Inventory.Find(request.Type, request.PhysicalId, request.Owner)?.Attributes
        ?? ResourceAttributes.Of(request, request.PhysicalId);
}
