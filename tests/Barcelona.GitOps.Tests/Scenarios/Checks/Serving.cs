using System.Text;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Names;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Checks;

/// <summary>What AWS says of a service that is behind a load balancer.</summary>
internal static class Serving
{
    private const string Cluster = "default";

    public static AwsSession Session(Stage stage)
    {
        var parsed = DistrictParser.Parse("default", "districts/default.yml", Encoding.UTF8.GetBytes(stage.District.Text));
        var district = Assert.IsType<District>(parsed.Value);
        var purpose = new SessionPurpose(RepositoryName.Parse("acme/shop"), CommitSha.Parse(new string('a', 40)), "test");
        return stage.Services.GetRequiredService<AwsSessions>().For(district, purpose);
    }

    /// <summary>By service of barcelona.yml, the images of the tasks that run: as many as there should be, of one release.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> RunningImages(Stage stage) => stage.Aws.SeenServices.ToDictionary(
        service => service.TaskDefinition.Split("--")[^1].Split(':')[0],
        service =>
        {
            Assert.Equal(service.Desired, service.RunningDefinitions.Count);
            Assert.Single(service.RunningDefinitions.Distinct());
            return (IReadOnlyList<string>)[.. service.RunningImages.Select(stage.Registry.Readable).Distinct()];
        });

    /// <summary>By their tags, the images of the service's running tasks, if the load balancer finds every one of them healthy.</summary>
    public static async Task<IReadOnlyList<string>> ImagesBehindAsync(Stage stage, string service)
    {
        var session = Session(stage);
        var ecs = session.Ecs;
        var tasks = await ecs.ListTasksAsync(new ListTasksRequest { Cluster = Cluster, DesiredStatus = DesiredStatus.RUNNING });
        var family = $"default--shop--{service}";
        var running = (await ecs.DescribeTasksAsync(new DescribeTasksRequest { Cluster = Cluster, Tasks = tasks.TaskArns })).Tasks
            .Where(t => t.TaskDefinitionArn.Contains($"/{family}:", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(running);
        Assert.All(running, t => Assert.Equal("RUNNING", t.LastStatus));

        var services = await ecs.DescribeServicesAsync(
            new DescribeServicesRequest { Cluster = Cluster, Services = [.. running.Select(t => t.Group["service:".Length..]).Distinct()] });
        var group = Assert.Single(Assert.Single(services.Services).LoadBalancers).TargetGroupArn;
        var health = await session.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = group });
        Assert.Equal(running.Count, health.TargetHealthDescriptions.Count(d => d.TargetHealth.State.Value == "healthy"));

        var images = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var arn in running.Select(t => t.TaskDefinitionArn).Distinct())
        {
            var definition = await ecs.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest { TaskDefinition = arn });
            images.UnionWith(definition.TaskDefinition.ContainerDefinitions.Select(c => stage.Registry.Readable(c.Image)));
        }

        return [.. images];
    }
}
