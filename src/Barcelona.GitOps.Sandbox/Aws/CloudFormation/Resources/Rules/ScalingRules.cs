using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>Auto Scaling groups: sizes in order, a version that the launch template has, its groups in the subnets' network.</summary>
internal static class ScalingRules
{
    public static void Group(ResourceRequest request)
    {
        var (least, most) = (request.Properties.Number("MinSize") ?? 0, request.Properties.Number("MaxSize") ?? 0);
        if (least > most) throw AwsErrorException.Validation($"Max bound, {most}, must be greater than or equal to min bound, {least}");
        if (request.Properties.Number("DesiredCapacity") is { } desired && (desired < least || desired > most))
            throw AwsErrorException.Validation($"Desired capacity:{desired} must be between the specified min size and max size");
        if (!request.Properties.Texts("VPCZoneIdentifier").Any())
            throw AwsErrorException.Validation("At least one Availability Zone or VPC Subnet is required.");
        var specification = Specification(request.Properties)
            ?? throw AwsErrorException.Validation(
                "Valid requests must contain either LaunchTemplate, LaunchConfigurationName or MixedInstancesPolicy.");
        var template = request.Region.Inventory.Find("AWS::EC2::LaunchTemplate", specification.Text("LaunchTemplateId") ?? "")
            ?? throw AwsErrorException.Validation("The launch template must be named by its id here");
        // CloudFormation takes a number only, neither $Latest nor $Default.
        if (!int.TryParse(specification.Text("Version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || version < 1 || version > template.Attributes.Number("LatestVersionNumber"))
            throw AwsErrorException.Validation($"Launch template {template.Id} has no version {specification.Text("Version")}.");
        foreach (var type in Types(request.Properties, template.Properties))
            MachineRules.CheckImage(request.Region, template.Properties.Object("LaunchTemplateData") ?? [], type);
    }

    public static JsonObject? Specification(JsonObject properties) => properties.Object("LaunchTemplate")
        ?? properties.Object("MixedInstancesPolicy")?.Object("LaunchTemplate")?.Object("LaunchTemplateSpecification");

    private static HashSet<string> Types(JsonObject group, JsonObject template)
    {
        var overrides = group.Object("MixedInstancesPolicy")?.Object("LaunchTemplate")?.Objects("Overrides") ?? [];
        var types = overrides.Select(item => item.Text("InstanceType")).OfType<string>().ToHashSet();
        if (types.Count == 0 && template.Object("LaunchTemplateData")?.Text("InstanceType") is { } own) types.Add(own);
        return types;
    }
}
