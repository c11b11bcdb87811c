using System.Text.Json.Nodes;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.Aws.Images;

namespace Barcelona.GitOps.Sandbox.Tests.Aws;

public sealed class WebServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Targets_follow_the_tasks_from_initial_to_healthy()
    {
        await using var host = await AwsHost.StartAsync();
        await CreateAsync(host, host.Aws.SeedLoadBalancer("demo"), priority: 100);

        host.Pass(seconds: 20);
        Assert.All(await HealthAsync(host), target => Assert.Equal("initial", target.State.Value));
        host.Pass(seconds: 60);

        Assert.Equal(["healthy", "healthy"], (await HealthAsync(host)).Select(target => target.State.Value));
        Assert.Equal(StackStatus.CREATE_COMPLETE, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
    }

    [Fact]
    public async Task A_container_that_never_answers_is_unhealthy_and_the_stack_goes_back()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.Images.Set("acme/worker:1", new ImageBehaviour.NeverHealthy());
        await CreateAsync(host, host.Aws.SeedLoadBalancer("demo"), priority: 100);
        host.Pass(seconds: 35);

        Assert.Contains(await HealthAsync(host), target => target.State.Value == "unhealthy" && target.Reason.Value == "Target.ResponseCodeMismatch");
        host.Pass(seconds: 300);
        Assert.Equal(StackStatus.ROLLBACK_COMPLETE, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
    }

    [Fact]
    public async Task A_priority_that_is_taken_fails_the_rule()
    {
        await using var host = await AwsHost.StartAsync();
        var balancer = host.Aws.SeedLoadBalancer("demo");
        await CreateAsync(host, balancer, priority: 100);
        host.Pass(seconds: 120);

        await host.Stacks.CreateStackAsync(
            Request("second", balancer, 100, "acme:1", await WorkerStack.RegisterAsync(host, "acme/worker:1", Cancellation)), Cancellation);
        host.Pass(seconds: 120);

        var events = (await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = "second" }, Cancellation)).StackEvents;
        Assert.Contains("Priority '100' is currently in use", events
            .Single(one => one.LogicalResourceId == "Rule" && one.ResourceStatus == "CREATE_FAILED").ResourceStatusReason, StringComparison.Ordinal);
        var rules = await host.Balancers.DescribeRulesAsync(new DescribeRulesRequest { ListenerArn = balancer.HttpListenerArn }, Cancellation);
        Assert.Equal(["100", "default"], rules.Rules.Select(rule => rule.Priority));
    }

    [Fact]
    public async Task A_rule_leads_only_to_target_groups_of_its_balancers_network()
    {
        await using var host = await AwsHost.StartAsync();
        var balancer = host.Aws.SeedLoadBalancer("demo");
        await CreateAsync(host, balancer with { VpcId = host.Aws.CreateVpc().VpcId }, priority: 100);
        host.Pass(seconds: 120);

        var events = await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = WorkerStack.Name }, Cancellation);
        Assert.Contains(events.StackEvents, one => one.LogicalResourceId == "Rule"
            && one.ResourceStatusReason?.Contains("are in a different VPC", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Tags_of_the_stack_are_on_its_rules()
    {
        await using var host = await AwsHost.StartAsync();
        var balancer = host.Aws.SeedLoadBalancer("demo");
        await CreateAsync(host, balancer, priority: 100);
        host.Pass(seconds: 120);

        var rules = await host.Balancers.DescribeRulesAsync(new DescribeRulesRequest { ListenerArn = balancer.HttpListenerArn }, Cancellation);
        var tags = await host.Balancers.DescribeTagsAsync(new DescribeTagsRequest { ResourceArns = [rules.Rules[0].RuleArn] }, Cancellation);

        Assert.Contains(tags.TagDescriptions.Single().Tags, tag => (tag.Key, tag.Value) == ("barcelona:heritage", "worker"));
        Assert.Contains(tags.TagDescriptions.Single().Tags, tag => (tag.Key, tag.Value) == ("aws:cloudformation:stack-name", WorkerStack.Name));
    }

    private static async Task CreateAsync(AwsHost host, SeededLoadBalancer balancer, int priority)
    {
        host.Aws.SeedCluster("default");
        var definition = await WorkerStack.RegisterAsync(host, "acme/worker:1", Cancellation);
        await host.Stacks.CreateStackAsync(Request(WorkerStack.Name, balancer, priority, WorkerStack.LogGroup, definition), Cancellation);
    }

    private static CreateStackRequest Request(string name, SeededLoadBalancer balancer, int priority, string logGroup, string definition)
    {
        var request = WorkerStack.Create(definition);
        request.StackName = name;
        var forward = new JsonObject { ["Type"] = "forward", ["TargetGroupArn"] = new JsonObject { ["Ref"] = "Group" } };
        var condition = new JsonObject { ["Field"] = "path-pattern", ["Values"] = new JsonArray("*") };
        request.TemplateBody = WorkerStack.Template(more: new JsonObject
        {
            ["Logs"] = WorkerStack.Resource("AWS::Logs::LogGroup", new JsonObject { ["LogGroupName"] = logGroup }),
            ["Group"] = WorkerStack.Resource(
                "AWS::ElasticLoadBalancingV2::TargetGroup", new JsonObject { ["VpcId"] = balancer.VpcId, ["Port"] = 80, ["Protocol"] = "HTTP" }),
            ["Rule"] = WorkerStack.Resource("AWS::ElasticLoadBalancingV2::ListenerRule", new JsonObject
            {
                ["ListenerArn"] = balancer.HttpListenerArn,
                ["Priority"] = priority,
                ["Actions"] = new JsonArray(forward),
                ["Conditions"] =
                    new JsonArray(condition),
            }),
            ["Service"] = WorkerStack.Resource("AWS::ECS::Service", after: "Rule", properties: new JsonObject
            {
                ["Cluster"] = "default",
                ["TaskDefinition"] = new JsonObject { ["Ref"] = "TaskDefinition" },
                ["DesiredCount"] = 2,
                ["LoadBalancers"] = new JsonArray(new JsonObject
                {
                    ["TargetGroupArn"] = new JsonObject { ["Ref"] = "Group" },
                    ["ContainerName"] = "worker",
                    ["ContainerPort"] = 3000,
                }),
                ["DeploymentConfiguration"] =
                    new JsonObject { ["DeploymentCircuitBreaker"] = new JsonObject { ["Enable"] = true, ["Rollback"] = true } },
            }),
        });
        return request;
    }

    private static async Task<List<TargetHealth>> HealthAsync(AwsHost host)
    {
        var groups = await host.Balancers.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest(), Cancellation);
        var health = await host.Balancers.DescribeTargetHealthAsync(
            new DescribeTargetHealthRequest { TargetGroupArn = groups.TargetGroups.Single().TargetGroupArn }, Cancellation);
        return [.. health.TargetHealthDescriptions.Select(target => target.TargetHealth)];
    }
}
