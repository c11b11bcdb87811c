using Amazon.CloudFormation;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Barcelona.GitOps.Tests.Aws;
using Task = System.Threading.Tasks.Task;

namespace Barcelona.GitOps.Tests.Scenarios.Services;

/// <summary>Scenarios about what is around a service; with somebody beside Barcelona, in the same account.</summary>
public abstract class ServiceScenario : Scenario
{
    protected const string Cluster = "default";
    protected const string AppStack = "barcelona-app--default--shop";

    private static readonly BasicAWSCredentials Credentials = new("AKIASANDBOX", "secret");

    protected static string Manifest(string services) => $"""
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            services:
        {services}

        """;

    protected AmazonECSClient Ecs() =>
        new(Credentials, new AmazonECSConfig { ServiceURL = Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region });

    protected AmazonCloudFormationClient Stacks() => new(
        Credentials, new AmazonCloudFormationConfig { ServiceURL = Stage.Sandbox.AwsUrl.ToString(), AuthenticationRegion = AwsHarness.Region });

    /// <summary>The only service whose name has this in it.</summary>
    protected async Task<Service> ServiceAsync(string name)
    {
        using var ecs = Ecs();
        var arns = (await ecs.ListServicesAsync(new ListServicesRequest { Cluster = Cluster }, Stop)).ServiceArns;
        var arn = Assert.Single(arns, a => a.Contains($"-Service{name}-", StringComparison.Ordinal));
        return Assert.Single((await ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = Cluster, Services = [arn] }, Stop)).Services);
    }

    /// <summary>What autoscaling does, or a person.</summary>
    protected async Task SetCountAsync(string name, int count)
    {
        var service = await ServiceAsync(name);
        using var ecs = Ecs();
        await ecs.UpdateServiceAsync(
            new UpdateServiceRequest { Cluster = Cluster, Service = service.ServiceName, DesiredCount = count }, Stop);
        Stage.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>Logical ids of what the application's stack holds, by type.</summary>
    protected async Task<ILookup<string, string>> ResourcesAsync()
    {
        using var stacks = Stacks();
        var resources = await stacks.ListStackResourcesAsync(new() { StackName = AppStack }, Stop);
        return resources.StackResourceSummaries.Where(r => r.ResourceStatus != "DELETE_COMPLETE")
            .ToLookup(r => r.ResourceType, r => r.LogicalResourceId);
    }
}
