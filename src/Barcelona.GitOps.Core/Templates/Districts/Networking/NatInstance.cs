using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Districts.Networking;

/// <summary>
/// NAT for little money: one small instance for all zones. Its address is its own and stays when the instance is replaced; while that happens,
/// or while it is down, private subnets reach nothing outside.
/// https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html
/// </summary>
internal static class NatInstance
{
    public const string Id = "NatInstance";

    private const string Template = "NatInstanceTemplate";
    private const string Address = "NatInstanceAddress";

    public static TemplatePart Of(MadeNetwork network) => new()
    {
        Parameters =
        [
            new(DistrictStackKeys.BaseImageParameter, "AWS::EC2::Image::Id", "Amazon Linux 2023", network.Context.Inputs.BaseImage ?? ""),
        ],
        Resources =
        [
            new(Template, Cfn.Resource("AWS::EC2::LaunchTemplate", new()
            {
                ["TagSpecifications"] = new JsonArray(network.Context.TagSpecification("launch-template", "nat")),
                ["LaunchTemplateData"] = LaunchTemplateData(network),
            })),
            new(Id, Instance(network)),
            new(Address, NatAddress.Of(new() { ["InstanceId"] = Cfn.Ref(Id), ["Tags"] = network.Context.Named("nat") })),
        ],
        Outputs = [new(DistrictStackKeys.NatAddressesOutput, Cfn.Ref(Address))],
    };

    private static JsonObject Instance(MadeNetwork network)
    {
        var instance = Cfn.Resource("AWS::EC2::Instance", new()
        {
            ["ImageId"] = Cfn.Ref(DistrictStackKeys.BaseImageParameter),
            ["InstanceType"] = "t3.nano",
            ["LaunchTemplate"] = new JsonObject
            {
                ["LaunchTemplateId"] = Cfn.Ref(Template),
                ["Version"] = Cfn.GetAtt(Template, "LatestVersionNumber"),
            },
            ["SubnetId"] = Cfn.Ref(Tier.Public.Subnet(1)),
            ["SourceDestCheck"] = false,
            ["Tags"] = network.Context.Named("nat"),
        });

        // A gateway is not detached while something in the network has a public address: this also orders the deletion.
        instance["DependsOn"] = MadeNetwork.InternetGatewayAttachment;
        return instance;
    }

    private static JsonObject LaunchTemplateData(MadeNetwork network) => new()
    {
        ["MetadataOptions"] = new JsonObject { ["HttpTokens"] = "required", ["HttpPutResponseHopLimit"] = 1, ["HttpEndpoint"] = "enabled" },
        ["SecurityGroupIds"] = new JsonArray(Cfn.GetAtt(SecurityGroups.NatInstance, "GroupId")),
        ["BlockDeviceMappings"] = new JsonArray(new JsonObject
        {
            ["DeviceName"] = "/dev/xvda",
            ["Ebs"] = new JsonObject { ["VolumeType"] = "gp3", ["Encrypted"] = true, ["DeleteOnTermination"] = true },
        }),
        ["UserData"] = new JsonObject { ["Fn::Base64"] = UserData(network.Block.ToString()) },
    };

    /// <summary>
    /// Runs at the first start only; what it leaves on disk is what every later start reads. The packages come through the network's way to S3,
    /// so that it does not matter when the address arrives. Half a gigabyte is too little for dnf, hence the swap file before it. A failure is told
    /// to the journal and to the console, which EC2 shows without a session, and cloud-init reports it as its own.
    /// </summary>
    private static string UserData(string block) => $$"""
        #!/bin/bash
        dd if=/dev/zero of=/swapfile bs=1M count=512 && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile
        echo '/swapfile none swap defaults 0 0' >> /etc/fstab
        echo 'net.ipv4.ip_forward = 1' > /etc/sysctl.d/90-barcelona-nat.conf
        sysctl --load=/etc/sysctl.d/90-barcelona-nat.conf
        for attempt in {1..60}; do
          if command -v nft > /dev/null || dnf install -y nftables; then break; fi
          sleep 5
        done
        if ! command -v nft > /dev/null; then
          logger --stderr --tag barcelona-nat --priority user.err 'nftables could not be installed: this instance does not forward' 2> /dev/console
          exit 1
        fi
        cat > /etc/sysconfig/nftables.conf <<'RULES'
        flush ruleset
        table ip barcelona {
          chain postrouting {
            type nat hook postrouting priority 100; policy accept;
            ip saddr {{block}} ip daddr != {{block}} masquerade
          }
        }
        RULES
        systemctl enable nftables
        systemctl restart nftables

        """.ReplaceLineEndings("\n");
}
