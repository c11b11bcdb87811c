namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources;

/// <summary>Makes one type of resource real in the service that it belongs to. An error answer of that service fails the resource.</summary>
internal interface IResourceHandler
{
    ResourceProgress Create(ResourceRequest request);

    ResourceProgress Update(ResourceRequest request);

    ResourceProgress Delete(ResourceRequest request);
}
