using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Templates.Access;

namespace Barcelona.GitOps.Core.Templates.Districts.Instances;

/// <summary>
/// An Auto Scaling group with what it needs. Image, type and all else that a running machine cannot change stand in the launch template alone:
/// a change there rolls the machines and touches nothing else.
/// </summary>
internal sealed class MachineResources(DistrictContext context, MachineGroup machines)
{
    public const string GroupSuffix = "Group";

    private const string RootDevice = "/dev/xvda";

    private string Template => machines.Id + "LaunchTemplate";

    public ImmutableArray<KeyValuePair<string, JsonObject>> All() =>
    [
        new(machines.Id + "Role", Iam.Role(context.District, Iam.Trust("ec2.amazonaws.com"), [.. machines.Policies])),
        new(machines.Id + "Profile", Cfn.Resource("AWS::IAM::InstanceProfile", new()
        {
            ["Path"] = Iam.PathOf(context.District.Name),
            ["Roles"] = new JsonArray(Cfn.Ref(machines.Id + "Role")),
        })),
        new(Template, LaunchTemplate()),
        new(machines.Id + GroupSuffix, ScalingGroup()),
    ];

    private JsonObject LaunchTemplate() => Cfn.Resource("AWS::EC2::LaunchTemplate", new()
    {
        ["TagSpecifications"] = new JsonArray(context.TagSpecification("launch-template", machines.Role)),
        ["LaunchTemplateData"] = new JsonObject
        {
            ["ImageId"] = Cfn.Ref(machines.ImageParameter),
            ["InstanceType"] = machines.Types[0],
            ["IamInstanceProfile"] = new JsonObject { ["Arn"] = Cfn.GetAtt(machines.Id + "Profile", "Arn") },

            // One hop is the machine itself, and the ECS agent on it: a container behind the bridge is two away, and cannot take the
            // instance's role.
            ["MetadataOptions"] = new JsonObject { ["HttpTokens"] = "required", ["HttpPutResponseHopLimit"] = 1 },
            ["BlockDeviceMappings"] = new JsonArray(new JsonObject
            {
                ["DeviceName"] = RootDevice,
                ["Ebs"] = new JsonObject { ["VolumeType"] = "gp3", ["VolumeSize"] = machines.VolumeSize, ["Encrypted"] = true },
            }),
            ["NetworkInterfaces"] = new JsonArray(new JsonObject
            {
                ["DeviceIndex"] = 0,
                ["AssociatePublicIpAddress"] = machines.HasPublicAddress,
                ["Groups"] = new JsonArray(machines.SecurityGroup),
            }),
            ["TagSpecifications"] = new JsonArray(context.TagSpecification("volume", machines.Role)),
            ["UserData"] = machines.UserData,
        },
    });

    private JsonObject ScalingGroup()
    {
        var properties = new JsonObject
        {
            ["MinSize"] = machines.MinParameter is { } min ? Cfn.Ref(min) : Text(machines.Min),
            ["MaxSize"] = Text(machines.Max),
            ["VPCZoneIdentifier"] = machines.Subnets,
            ["Tags"] = new JsonArray(
            [
                .. Tags().Select(t => new JsonObject { ["Key"] = t.Key, ["Value"] = t.Value, ["PropagateAtLaunch"] = true }),
            ]),
        };
        var template = new JsonObject { ["LaunchTemplateId"] = Cfn.Ref(Template), ["Version"] = Cfn.GetAtt(Template, "LatestVersionNumber") };
        if (machines.Types.Length == 1)
        {
            properties["LaunchTemplate"] = template;
        }
        else
        {
            properties["MixedInstancesPolicy"] = new JsonObject
            {
                ["LaunchTemplate"] = new JsonObject
                {
                    ["LaunchTemplateSpecification"] = template,
                    ["Overrides"] = new JsonArray([.. machines.Types.Select(t => new JsonObject { ["InstanceType"] = t })]),
                },
            };
        }

        var group = Cfn.Resource("AWS::AutoScaling::AutoScalingGroup", properties);
        group["UpdatePolicy"] = new JsonObject { ["AutoScalingRollingUpdate"] = RollingUpdate() };
        if (!machines.WaysOut.IsEmpty)
        {
            group["DependsOn"] = Cfn.Strings(machines.WaysOut);
        }

        return group;
    }

    /// <summary>
    /// No signal is waited for: sending one takes a package that the images lack and a way to its repository. Instead every batch gets the time
    /// that a machine takes to start. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
    /// </summary>
    private JsonObject RollingUpdate() => new()
    {
        // One must always be free to go, so it stays below the maximum.
        ["MinInstancesInService"] = Math.Max(0, Math.Min(machines.Min, machines.Max - 1)),
        ["MaxBatchSize"] = Math.Max(1, machines.Max / 5),
        ["PauseTime"] = "PT3M",

        // What would start or end machines of its own accord while they are exchanged.
        ["SuspendProcesses"] = new JsonArray("AZRebalance", "AlarmNotification", "HealthCheck", "ReplaceUnhealthy", "ScheduledActions"),
    };

    private IEnumerable<KeyValuePair<string, string>> Tags() =>
    [
        new("Name", $"barcelona-{context.District.Name}-{machines.Role}"),
        new(StackKeys.DistrictTag, context.District.Name),
        new(DistrictStackKeys.RoleTag, machines.Role),
        .. machines.OtherTags.Select(t => KeyValuePair.Create(t, "true")),
    ];

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
