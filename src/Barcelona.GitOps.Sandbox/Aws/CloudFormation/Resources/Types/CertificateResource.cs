using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Shapes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>
/// AWS::CertificateManager::Certificate: complete when its domain is validated. CloudFormation writes the validation record only into a
/// hosted zone of the same account; without it the stack waits until somebody gives up.
/// </summary>
internal sealed class CertificateResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var arn = PhysicalIds.Of(request);
        return Validate(request, arn, ResourceAttributes.Of(request, arn));
    }

    public ResourceProgress Update(ResourceRequest request) => new ResourceProgress.Done(request.PhysicalId, GenericResource.Kept(request));

    public ResourceProgress Delete(ResourceRequest request) => new ResourceProgress.Done(request.PhysicalId, []);

    private static ResourceProgress Validate(ResourceRequest request, string arn, JsonObject attributes) =>
        request.Properties.Text("ValidationMethod") == "DNS" && Domains(request).All(domain => IsValidated(request, domain))
            ? new ResourceProgress.Done(arn, attributes)
            : new ResourceProgress.Working(arn, attributes, () => Validate(request, arn, attributes));

    private static IEnumerable<string> Domains(ResourceRequest request) =>
        request.Properties.Texts("SubjectAlternativeNames").Prepend(request.Properties.Text("DomainName") ?? "").Distinct();

    private static bool IsValidated(ResourceRequest request, string domain)
    {
        var option = request.Properties.Objects("DomainValidationOptions").FirstOrDefault(option => option.Text("DomainName") == domain);
        var zone = request.Region.Inventory.Find("AWS::Route53::HostedZone", option?.Text("HostedZoneId") ?? "");
        var name = zone?.Properties.Text("Name")?.TrimEnd('.');
        return name is not null && (domain == name || domain.EndsWith("." + name, StringComparison.Ordinal));
    }
}
