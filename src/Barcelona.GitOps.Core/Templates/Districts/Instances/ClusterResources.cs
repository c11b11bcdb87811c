using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Templates.Districts.Instances;

/// <summary>
/// The ECS cluster. It can always run on Fargate; instances with their capacity provider come when the district's file asks for them.
/// Nothing of it has a name of its own: a named resource cannot be replaced.
/// </summary>
internal static class ClusterResources
{
    public const string Cluster = "Cluster";

    private const string CapacityProvider = "CapacityProvider";

    public static TemplatePart Of(DistrictContext context)
    {
        if (context.District.Cluster is not Cluster.Made made)
        {
            return TemplatePart.Nothing;
        }

        var hasInstances = context.District.MakesInstances();
        var part = new TemplatePart
        {
            Resources =
            [
                new(Cluster, Cfn.Resource("AWS::ECS::Cluster", new()
                {
                    ["ClusterSettings"] = new JsonArray(new JsonObject
                    {
                        ["Name"] = "containerInsights",
                        ["Value"] = made.Insights ? "enabled" : "disabled",
                    }),
                })),
                new("ClusterCapacity", Capacities(context.District.Capacity, hasInstances)),
            ],
            Outputs = [new(DistrictStackKeys.ClusterOutput, Cfn.Ref(Cluster))],
        };
        return hasInstances ? WithInstances(part, context, made) : part;
    }

    private static TemplatePart WithInstances(TemplatePart part, DistrictContext context, Cluster.Made made)
    {
        var image = context.Inputs.ClusterImage
            ?? throw new ArgumentException("A cluster with instances needs the image that was found for them.", nameof(context));
        var machines = new MachineResources(context, ContainerInstances.Of(context, made));
        return part with
        {
            Parameters =
            [
                new(DistrictStackKeys.ClusterImageParameter(made.IsArm), "AWS::EC2::Image::Id", "Image of the cluster's instances", image),
                Min(made),
            ],
            Resources = [.. part.Resources, .. machines.All(), new(CapacityProvider, Provider())],
            Outputs = [.. part.Outputs, new(DistrictStackKeys.CapacityProviderOutput, Cfn.Ref(CapacityProvider))],
        };
    }

    /// <summary>
    /// None until the group has its provider: instances from before it may never count as the provider's.
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html
    /// </summary>
    private static StackParameter Min(Cluster.Made made) => new(
        DistrictStackKeys.InstanceMinParameter, "String", "Least number of the cluster's instances", made.Min.ToString(CultureInfo.InvariantCulture))
    {
        WhileMaking = ("0", CapacityProvider),
    };

    /// <summary>
    /// ECS adds instances when tasks wait for room and removes them when they are empty. Termination protection stays off: with it a group
    /// cannot be taken down; draining moves the tasks away first.
    /// </summary>
    private static JsonObject Provider() => Cfn.Resource("AWS::ECS::CapacityProvider", new()
    {
        ["AutoScalingGroupProvider"] = new JsonObject
        {
            ["AutoScalingGroupArn"] = Cfn.Ref(ContainerInstances.Id + MachineResources.GroupSuffix),
            ["ManagedScaling"] = new JsonObject { ["Status"] = "ENABLED", ["TargetCapacity"] = 100 },
            ["ManagedDraining"] = "ENABLED",
            ["ManagedTerminationProtection"] = "DISABLED",
        },
    });

    private static JsonObject Capacities(Capacity capacity, bool hasInstances)
    {
        ImmutableArray<JsonNode> providers = ["FARGATE", "FARGATE_SPOT"];
        return Cfn.Resource("AWS::ECS::ClusterCapacityProviderAssociations", new()
        {
            ["Cluster"] = Cfn.Ref(Cluster),
            ["CapacityProviders"] = new JsonArray([.. hasInstances ? providers.Add(Cfn.Ref(CapacityProvider)) : providers]),
            ["DefaultCapacityProviderStrategy"] = new JsonArray(new JsonObject { ["CapacityProvider"] = Default(capacity), ["Weight"] = 1 }),
        });
    }

    private static JsonNode Default(Capacity capacity) => capacity switch
    {
        Capacity.Ec2 => Cfn.Ref(CapacityProvider),
        Capacity.Fargate => "FARGATE",
        Capacity.FargateSpot => "FARGATE_SPOT",
        _ => throw new ArgumentOutOfRangeException(nameof(capacity)),
    };
}
