using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>An address that outgoing traffic is seen under. It stays when its stack goes, unless the stack's very creation fails.</summary>
internal static class NatAddress
{
    public static JsonObject Of(JsonObject properties)
    {
        properties["Domain"] = "vpc";
        var address = Cfn.Resource("AWS::EC2::EIP", properties);
        address["DeletionPolicy"] = "RetainExceptOnCreate";
        address["UpdateReplacePolicy"] = "Retain";
        address["DependsOn"] = MadeNetwork.InternetGatewayAttachment;
        return address;
    }
}
