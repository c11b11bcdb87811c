using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Templates.Access;

namespace Barcelona.GitOps.Core.Templates.Districts.Instances;

/// <summary>
/// A small machine for port forwarding, reached by Session Manager only: nothing listens on it, and it calls out for its sessions. A group of
/// one, not an instance: it comes back by itself, in another zone if it must. People find it by its tag, so that its id may change.
/// </summary>
internal static class BastionResources
{
    public const string Id = "Bastion";

    /// <summary>Each session is a process of the agent's: half a gibibyte is soon full.</summary>
    private const string Type = "t3.micro";

    /// <summary>GiB: the size of the image.</summary>
    private const int VolumeSize = 8;

    private const string Script = "#!/bin/bash\nsystemctl disable --now sshd\n";

    public static TemplatePart Of(DistrictContext context)
    {
        if (!context.District.Bastion)
        {
            return TemplatePart.Nothing;
        }

        var image = context.Inputs.BaseImage ?? throw new ArgumentException("A bastion needs the image that was found for it.", nameof(context));
        return new()
        {
            Parameters = [new(DistrictStackKeys.BaseImageParameter, "AWS::EC2::Image::Id", "Amazon Linux 2023", image)],
            Resources = new MachineResources(context, Machine(context)).All(),
        };
    }

    private static MachineGroup Machine(DistrictContext context) => new()
    {
        Id = Id,
        Role = DistrictStackKeys.BastionRole,
        Types = [Type],
        ImageParameter = DistrictStackKeys.BaseImageParameter,
        VolumeSize = VolumeSize,
        UserData = new JsonObject { ["Fn::Base64"] = Script },
        Subnets = context.Network.BastionSubnets(),
        WaysOut = context.Network.BastionWaysOut,
        SecurityGroup = context.Network.BastionGroup(),
        HasPublicAddress = context.Network.HasPublicBastion,
        Min = 1,
        Max = 1,
        Policies = [SessionAccess.Policy()],
    };
}
