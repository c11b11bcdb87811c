using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Rules;

/// <summary>An image that exists, of the architecture of the instance type, and user data that is base64.</summary>
internal static partial class MachineRules
{
    private const int LongestUserData = 16_384;

    public static void Instance(ResourceRequest request)
    {
        CheckUserData(request.Properties.Text("UserData"));
        if (request.Properties.Object("LaunchTemplate") is null)
            CheckImage(request.Region, request.Properties, request.Properties.Text("InstanceType"));
    }

    /// <summary>A template may name an image that does not exist: only its use fails.</summary>
    public static void LaunchTemplate(ResourceRequest request)
    {
        CheckUserData(request.Properties.Object("LaunchTemplateData")?.Text("UserData"));
        if (request.Properties.Text("LaunchTemplateName") is { } name
            && request.Others.Any(other => other.Properties.Text("LaunchTemplateName") == name))
            throw new AwsErrorException("InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use.");
    }

    public static void CheckImage(AwsRegion region, JsonObject machine, string? instanceType)
    {
        var image = machine.Text("ImageId") ?? "";
        var architecture = region.MachineImages.ArchitectureOf(image)
            ?? throw new AwsErrorException("InvalidAMIID.NotFound", $"The image id '[{image}]' does not exist");
        if (instanceType is not null && architecture != (Graviton().IsMatch(instanceType) ? "arm64" : "x86_64"))
            throw new AwsErrorException("InvalidParameterValue",
                $"The architecture of the specified instance type {instanceType} does not match "
                + $"the architecture '{architecture}' of the specified AMI.");
    }

    private static void CheckUserData(string? data)
    {
        if (data is null) return;
        var buffer = new byte[data.Length];
        if (!Convert.TryFromBase64String(data, buffer, out var length))
            throw new AwsErrorException("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.");
        if (length > LongestUserData) throw new AwsErrorException("InvalidParameterValue", "User data is limited to 16384 bytes");
    }

    /// <summary>t4g, m7gd, c8gn: the letters behind the generation have a g.</summary>
    [GeneratedRegex("^[a-z]+[0-9]+[a-fh-z]*g[a-z]*\\.|^a1\\.")]
    private static partial Regex Graviton();
}
