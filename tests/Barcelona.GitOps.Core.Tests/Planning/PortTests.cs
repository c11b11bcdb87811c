using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Tests.Templates;

namespace Barcelona.GitOps.Core.Tests.Planning;

public sealed class PortTests
{
    private const string Chat = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            services: [{name: chat, command: bin/chat, port_mappings: [{lb_port: 5222, container_port: 5222}]}]
        """;

    [Theory]
    [InlineData("command: bin/chat", "public: true, command: bin/chat", "BCN760")]
    [InlineData("[{lb_port", "[{lb_port: 53, container_port: 53, protocol: udp}, {lb_port", "BCN761")]
    [InlineData("command: bin/chat, port_mappings: [{", "capacity: fargate, command: bin/chat, port_mappings: [{host_port: 15222, ", "BCN762")]
    public void What_does_not_fit_the_district_is_said(string from, string to, string code)
    {
        var district = Example.District with { Network = new Network.Existing("vpc-1", [], ["subnet-1", "subnet-2"], "sg-1") };

        var built = DesiredStateBuilder.Build(Example.Release(Chat.Replace(from, to, StringComparison.Ordinal), district));

        Assert.Equal(code, Assert.Single(built.Diagnostics, d => d.Code != "BCN708").Code);
    }

    /// <summary>A target group serves one load balancer: whatever belongs to the other scheme has to be another one.</summary>
    [Fact]
    public void Nothing_of_a_private_load_balancer_is_shared_with_a_public_one()
    {
        var inside = Resources(Chat);
        var outside = Resources(Chat.Replace("command:", "public: true, command:", StringComparison.Ordinal));

        Assert.Equal(["ServiceChat"], inside.Intersect(outside));
    }

    [Fact]
    public void Another_container_port_replaces_nothing()
    {
        var before = Applied.To(Applied.Nothing, Example.Desired(Example.Release(Chat)));

        var plan = Planner.Plan(
            Example.Desired(Example.Release(Chat.Replace("container_port: 5222", "container_port: 5223", StringComparison.Ordinal))), before);

        Assert.DoesNotContain(plan.Changes, c => c.Kind is ChangeKind.Replaced or ChangeKind.Created or ChangeKind.Deleted);
        Assert.Empty(plan.Consequences);
    }

    [Fact]
    public void A_move_between_instances_and_Fargate_says_that_nothing_answers_for_a_while()
    {
        var before = Applied.To(Applied.Nothing, Example.Desired(Example.Release(Chat)));

        var plan = Planner.Plan(
            Example.Desired(Example.Release(Chat.Replace("command:", "capacity: fargate, command:", StringComparison.Ordinal))), before);

        Assert.Contains(plan.Consequences, c => c.StartsWith("PrivateTargets5222TcpChat is replaced", StringComparison.Ordinal));
    }

    [Fact]
    public void What_autoscaling_means_for_the_number_of_tasks_is_said()
    {
        var scaled = Chat.Replace("command:", "autoscaling: {min: 1, max: 2, cpu: 60}, command:", StringComparison.Ordinal);
        var (with, without) = (Example.Desired(Example.Release(scaled)), Example.Desired(Example.Release(Chat)));

        Assert.Equal(
            ["ScalingChat: from now on the number of tasks is autoscaling's, beginning with what it is."],
            Planner.Plan(with, Applied.To(Applied.Nothing, without)).Consequences);
        Assert.Equal(
            ["ScalingChat goes: the number of tasks stays as it is unless the file has a count."],
            Planner.Plan(without, Applied.To(Applied.Nothing, with)).Consequences);
    }

    private static IEnumerable<string> Resources(string yaml) =>
        (JsonNode.Parse(Example.Desired(Example.Release(yaml)).AppStack.TemplateBody)?["Resources"]?.AsObject() ?? []).Select(r => r.Key);
}
