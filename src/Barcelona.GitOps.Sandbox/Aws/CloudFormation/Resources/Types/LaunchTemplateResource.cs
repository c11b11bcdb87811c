using System.Globalization;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>AWS::EC2::LaunchTemplate: every change is one more version, also the change back.</summary>
internal sealed class LaunchTemplateResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var id = PhysicalIds.Of(request);
        return new ResourceProgress.Done(id, ResourceAttributes.Of(request, id));
    }

    public ResourceProgress Update(ResourceRequest request)
    {
        var attributes = GenericResource.Kept(request).Copy();
        var changes = ResourceProperties.Changed(request.Before, request.Properties).Contains("LaunchTemplateData") ? 1 : 0;
        attributes["LatestVersionNumber"] = ((attributes.Number("LatestVersionNumber") ?? 1) + changes).ToString(CultureInfo.InvariantCulture);
        return new ResourceProgress.Done(request.PhysicalId, attributes);
    }

    public ResourceProgress Delete(ResourceRequest request) => new ResourceProgress.Done(request.PhysicalId, []);
}
