using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Planning.Differences;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Tests.Golden;

namespace Barcelona.GitOps.Core.Tests.Templates.Districts.Instances;

/// <summary>Cluster, instances, bastion and rights of teams, in a network that exists.</summary>
public sealed class ClusterCases
{
    private static readonly string Folder = GoldenFile.Folder("cases");

    [Theory]
    [InlineData("ec2")]
    [InlineData("fargate")]
    [InlineData("everything")]
    public void A_cluster_becomes_the_stack_beside_this_test(string name)
    {
        var district = name switch
        {
            "ec2" => MadeCluster.District,
            "fargate" => MadeCluster.District with { Capacity = Capacity.Fargate },
            _ => MadeCluster.Everything,
        };

        GoldenFile.Matches(Path.Combine(Folder, name + ".template.json"), CanonicalJson.Indent(MadeCluster.Stack(district).TemplateBody));
    }

    [Fact]
    public void Another_instance_type_changes_what_rolls_the_instances_and_nothing_else()
    {
        var (small, large) = (Resources(MadeCluster.District), Resources(MadeCluster.District with { Cluster = MadeCluster.Cluster with { InstanceTypes = ["t3.large"] } }));

        Assert.Equal(["InstanceLaunchTemplate"], Changed(small, large));
        Assert.False(CreateOnlyProperties.Contains("AWS::EC2::LaunchTemplate", "LaunchTemplateData.InstanceType"));
    }

    [Fact]
    public void A_second_instance_type_changes_the_group_in_place()
    {
        var (one, two) = (Resources(MadeCluster.District), Resources(MadeCluster.District with { Cluster = MadeCluster.Cluster with { InstanceTypes = ["t3.small", "t3a.small"] } }));

        Assert.Equal(["InstanceGroup"], Changed(one, two));
    }

    [Fact]
    public void Only_a_cluster_of_ours_with_instances_has_a_capacity_provider_to_name()
    {
        Assert.Contains("CapacityProvider", Outputs(MadeCluster.District));
        Assert.DoesNotContain("CapacityProvider", Outputs(MadeCluster.District with { Capacity = Capacity.Fargate }));
        Assert.Contains("CapacityProvider", Outputs(MadeCluster.District with { Capacity = Capacity.Fargate, Cluster = MadeCluster.Cluster with { AsksForInstances = true } }));
    }

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(2, 5, 2)]
    [InlineData(5, 5, 4)]
    [InlineData(0, 0, 0)]
    public void A_rolling_update_always_has_room(int min, int max, int inService)
    {
        var group = Resources(MadeCluster.District with { Cluster = MadeCluster.Cluster with { Min = min, Max = max } })["InstanceGroup"];

        Assert.Equal(inService, group?["UpdatePolicy"]?["AutoScalingRollingUpdate"]?["MinInstancesInService"]?.GetValue<int>());
    }

    [Theory]
    [InlineData("ec2")]
    [InlineData("everything")]
    public void Every_machine_asks_for_tokens_keeps_its_role_from_containers_and_encrypts_its_disk(string name)
    {
        var stack = Resources(name == "ec2" ? MadeCluster.District : MadeCluster.Everything);
        foreach (var data in stack.Where(r => r.Value?["Type"]?.GetValue<string>() == "AWS::EC2::LaunchTemplate").Select(r => r.Value?["Properties"]?["LaunchTemplateData"]))
        {
            Assert.Equal("required", data?["MetadataOptions"]?["HttpTokens"]?.GetValue<string>());
            Assert.Equal(1, data?["MetadataOptions"]?["HttpPutResponseHopLimit"]?.GetValue<int>());
            Assert.True(data?["BlockDeviceMappings"]?[0]?["Ebs"]?["Encrypted"]?.GetValue<bool>());
        }
    }

    private static IEnumerable<string> Changed(JsonObject before, JsonObject after)
    {
        Assert.Equal(before.Select(r => r.Key), after.Select(r => r.Key));
        return before.Where(r => !JsonNode.DeepEquals(r.Value, after[r.Key])).Select(r => r.Key);
    }

    private static JsonObject Resources(District district) => Section(district, "Resources");

    private static IEnumerable<string> Outputs(District district) => Section(district, "Outputs").Select(o => o.Key);

    private static JsonObject Section(District district, string name) =>
        JsonNode.Parse(MadeCluster.Stack(district).TemplateBody)?[name]?.AsObject() ?? [];
}
