using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>AWS::ECS::TaskDefinition: every property but its tags makes a new revision.</summary>
internal sealed class TaskDefinitionResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var parameters = EcsProperties.ToParameters(request.Properties);
        parameters["family"] ??= request.GeneratedName(255);
        // The task's own sizes are texts in the API.
        foreach (var name in (string[])["cpu", "memory"])
        {
            if (parameters[name] is { } size) parameters[name] = JsonParameters.Text(size);
        }
        parameters["tags"] = EcsProperties.Tags(request.Tags);
        return Done(request.Region.Ecs.Definitions.Register(request.Region, parameters).Arn);
    }

    public ResourceProgress Update(ResourceRequest request)
    {
        request.Region.Ecs.Definitions.Get(request.PhysicalId).Tags =
            [.. EcsProperties.Tags(request.Tags).OfType<JsonObject>().Select(tag => tag.Copy())];
        return Done(request.PhysicalId);
    }

    public ResourceProgress Delete(ResourceRequest request)
    {
        request.Region.Ecs.Definitions.Get(request.PhysicalId).Deregister(request.Region.Now);
        return Done(request.PhysicalId);
    }

    private static ResourceProgress.Done Done(string arn) => new(arn, new JsonObject { ["TaskDefinitionArn"] = arn });
}
