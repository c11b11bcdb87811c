using Barcelona.GitOps.Sandbox.Aws;

namespace Barcelona.GitOps.Tests.Scenarios.Services;

/// <summary>Ports behind a network load balancer that comes, changes and goes with its service.</summary>
public sealed class PortScenarios : ServiceScenario
{
    private const string Ports = "        port_mappings: [{lb_port: 5222, container_port: 5222}]\n";

    private static readonly string Chat = Manifest($"""
              - name: chat
                memory: 128
                command: bin/chat
        {Ports.TrimEnd()}
        """);

    private IEnumerable<MadeLoadBalancer> Balancers => Stage.Aws.LoadBalancers.Where(b => b.Type == "network");

    [Fact]
    public async Task Ports_get_a_load_balancer_whose_name_the_check_says_and_a_second_push_writes_nothing()
    {
        var fixedImage = Chat.Replace("image_name: acme/shop", "image_name: acme/shop\n    image_tag: stable", StringComparison.Ordinal);
        var sha = await PushAndSettleAsync(fixedImage);

        Assert.Equal("success", Check(sha).Conclusion);
        var balancer = Assert.Single(Balancers);
        Assert.Equal(("internal", "TCP 5222"), (balancer.Scheme, Assert.Single(balancer.Ports)));
        Assert.Contains(balancer.DnsName, Check(sha).Summary, StringComparison.Ordinal);
        Assert.Contains("PrivateBalancerChat is a new load balancer", Check(sha).Text, StringComparison.Ordinal);
        Assert.Equal(5222, Assert.Single((await ServiceAsync("Chat")).LoadBalancers).ContainerPort);
        var writes = Stage.Aws.Calls.Writes.Count;

        var again = await PushAndSettleAsync(fixedImage + "# again\n");

        Assert.Equal("success", Check(again).Conclusion);
        Assert.Contains(balancer.DnsName, Check(again).Summary, StringComparison.Ordinal);
        Assert.Empty(Stage.Aws.Calls.Writes.Skip(writes).Select(c => c.ToString()));
    }

    [Theory]
    [InlineData("capacity: ec2")]
    [InlineData("capacity: fargate")]
    public async Task Ports_change_behind_the_same_name(string capacity)
    {
        var before = Chat.Replace("memory: 128", "memory: 512\n        " + capacity, StringComparison.Ordinal);
        await PushAndSettleAsync(before);
        var name = Assert.Single(Balancers).DnsName;

        var sha = await PushAndSettleAsync(before.Replace(
            Ports,
            """
                    port_mappings:
                      - {lb_port: 5222, container_port: 5223}
                      - {lb_port: 514, container_port: 5140, protocol: udp}
                      - {lb_port: 8000, container_port: 8000, host_port: 18000}

            """,
            StringComparison.Ordinal));

        Assert.Equal("success", Check(sha).Conclusion);
        var balancer = Assert.Single(Balancers);
        Assert.Equal(name, balancer.DnsName);
        Assert.Equal(["TCP 5222", "TCP 8000", "UDP 514"], balancer.Ports.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Going_public_makes_another_load_balancer_before_the_first_one_goes()
    {
        await PushAndSettleAsync(Chat);
        var old = Assert.Single(Balancers);

        var sha = await PushAndSettleAsync(Chat.Replace("command: bin/chat", "command: bin/chat\n        public: true", StringComparison.Ordinal));

        Assert.Equal("success", Check(sha).Conclusion);
        var balancer = Assert.Single(Balancers);
        Assert.Equal("internet-facing", balancer.Scheme);
        Assert.NotEqual(old.DnsName, balancer.DnsName);
        Assert.Contains("PrivateBalancerChat goes, and its DNS name", Check(sha).Text, StringComparison.Ordinal);
        Assert.Contains(balancer.DnsName, Check(sha).Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(old.DnsName, Check(sha).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_that_leave_the_file_leave_AWS_with_everything_around_them()
    {
        await PushAndSettleAsync(Chat);

        var sha = await PushAndSettleAsync(Chat.Replace(Ports, "", StringComparison.Ordinal));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Empty(Balancers);
        Assert.Equal(["AWS::ECS::Service"], (await ResourcesAsync()).Select(r => r.Key));
        Assert.Empty((await ServiceAsync("Chat")).LoadBalancers);
    }

    [Fact]
    public async Task A_service_that_goes_takes_its_load_balancer_along()
    {
        var worker = "\n      - {name: worker, memory: 128, command: bin/work}\n";
        await PushAndSettleAsync(Chat + worker);

        var sha = await PushAndSettleAsync(Manifest(worker));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Empty(Balancers);
        Assert.Equal(["AWS::ECS::Service"], (await ResourcesAsync()).Select(r => r.Key));
    }

    [Fact]
    public async Task A_service_can_be_behind_an_endpoint_and_have_ports_of_its_own()
    {
        var sha = await PushAndSettleAsync(Manifest("""
                  - name: web
                    service_type: web
                    capacity: fargate
                    memory: 512
                    command: bin/web
                    listeners: [{endpoint: demo-endpoint}]
                    port_mappings: [{lb_port: 9000, container_port: 9000}]
            """));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Equal([3000, 9000], (await ServiceAsync("Web")).LoadBalancers.Select(b => b.ContainerPort ?? 0).Order());
    }

    /// <summary>CloudFormation keeps load balancers that a template does not mention, and then cannot delete their target groups.</summary>
    [Fact]
    public async Task A_listener_that_leaves_the_file_is_taken_off_the_service()
    {
        const string listener = "        service_type: web\n        listeners: [{endpoint: demo-endpoint}]\n";
        var web = Manifest("      - name: web\n        memory: 128\n        command: bin/web\n" + listener);
        await PushAndSettleAsync(web);

        var sha = await PushAndSettleAsync(web.Replace(listener, "", StringComparison.Ordinal));

        Assert.Equal("success", Check(sha).Conclusion);
        Assert.Empty((await ServiceAsync("Web")).LoadBalancers);
        Assert.Equal(["AWS::ECS::Service"], (await ResourcesAsync()).Select(r => r.Key));
    }
}
