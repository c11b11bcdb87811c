using System.Globalization;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Templates.Tasks;

/// <summary>
/// Task definitions in the shape of RegisterTaskDefinition. They are registered through the API and enter the app stack as parameters, so that
/// one-offs run the very same ones. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
/// </summary>
public static class TaskDefinitions
{
    public static TaskDefinitionSpec Of(ReleaseInputs inputs, ServiceShape service)
    {
        var family = TaskFamily.Of(inputs.District.Name, inputs.Environment.Name.Value, service.Name);
        var content = new JsonObject
        {
            ["family"] = family,
            ["networkMode"] = service.HasOwnInterface ? "awsvpc" : "bridge",
            ["requiresCompatibilities"] = new JsonArray(service.HasOwnInterface ? "FARGATE" : "EC2"),
            ["taskRoleArn"] = TaskDefinitionSpec.TaskRolePlaceholder,
            ["executionRoleArn"] = TaskDefinitionSpec.ExecutionRolePlaceholder,
            ["containerDefinitions"] = new JsonArray(new ContainerDefinition(inputs, service).ToJson()),
        };
        if (service.Size is { } size)
        {
            content["cpu"] = size.Cpu.ToString(CultureInfo.InvariantCulture);
            content["memory"] = size.Memory.ToString(CultureInfo.InvariantCulture);
        }

        var canonical = CanonicalJson.Write(content);
        return new()
        {
            Name = service.Name,
            Family = family,
            Content = canonical,
            Tags = StackKeys.Tags(inputs),
            ContentHash = Fingerprint.OfContent(canonical),
            ParameterName = LogicalIds.TaskDefinition(service.Name),
        };
    }
}
