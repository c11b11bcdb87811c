using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Logs;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Resources.Types;

/// <summary>AWS::Logs::LogGroup.</summary>
internal sealed class LogGroupResource : IResourceHandler
{
    public ResourceProgress Create(ResourceRequest request)
    {
        var name = request.Properties.Text("LogGroupName") ?? request.GeneratedName(512);
        if (request.Region.Logs.Groups.ContainsKey(name))
            throw new AwsErrorException("ResourceAlreadyExistsException",
                $"Resource of type 'AWS::Logs::LogGroup' with identifier '{{\"/properties/LogGroupName\":\"{name}\"}}' already exists.");
        request.Region.Logs.Groups[name] = new LogGroup(name, request.Region.Now) { RetentionInDays = request.Properties.Number("RetentionInDays") };
        return Done(request, name);
    }

    public ResourceProgress Update(ResourceRequest request)
    {
        if (request.Region.Logs.Groups.TryGetValue(request.PhysicalId, out var group))
            group.RetentionInDays = request.Properties.Number("RetentionInDays");
        return Done(request, request.PhysicalId);
    }

    public ResourceProgress Delete(ResourceRequest request)
    {
        request.Region.Logs.Groups.Remove(request.PhysicalId);
        return new ResourceProgress.Done(request.PhysicalId, []);
    }

    private static ResourceProgress.Done Done(ResourceRequest request, string name) =>
        new(name, new JsonObject { ["Arn"] = request.Region.Arn("logs", $"log-group:{name}:*") });
}
