using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Definitions;

/// <summary>What RegisterTaskDefinition refuses, with ECS's messages.</summary>
internal static partial class TaskDefinitionRules
{
    public static bool IsFargate(JsonObject request) => request.Texts("requiresCompatibilities").Contains("FARGATE");

    public static void Check(JsonObject request)
    {
        if (!FamilyPattern().IsMatch(request.Text("family") ?? ""))
            throw Invalid("Family should only contain alphanumeric characters, hyphens and underscores, and be at most 255 characters.");
        var containers = request.Objects("containerDefinitions").ToList();
        if (containers.Count == 0) throw Invalid("Container list cannot be empty.");
        if (containers.Select(container => container.Text("name")).Distinct().Count() < containers.Count)
            throw Invalid("Container names must be unique.");
        foreach (var container in containers) CheckContainer(request, container);
        if (!containers.Exists(container => container["essential"] is null || container.Flag("essential")))
            throw Invalid("Invalid 'containerDefinitions' settings. At least one container must be essential.");
        if (IsFargate(request)) CheckFargate(request, containers);
    }

    private static void CheckContainer(JsonObject request, JsonObject container)
    {
        if (string.IsNullOrEmpty(container.Text("name"))) throw Invalid("Container.name should not be null or empty.");
        if (string.IsNullOrEmpty(container.Text("image"))) throw Invalid("Container.image should not be null or empty.");
        if (request.Text("memory") is null && container.Number("memory") is null && container.Number("memoryReservation") is null)
            throw Invalid(
                $"Invalid setting for container '{container.Text("name")}'. At least one of 'memory' or 'memoryReservation' must be specified.");
        if (container.Number("memory") is < 6)
            throw Invalid($"Invalid setting for container '{container.Text("name")}'. 'memory' must be at least 6 MB.");
        foreach (var pair in container.Objects("environment"))
        {
            if (string.IsNullOrEmpty(pair.Text("name"))) throw Invalid("Environment variable name cannot be empty.");
        }
    }

    private static void CheckFargate(JsonObject request, List<JsonObject> containers)
    {
        if (request.Text("networkMode") != "awsvpc") throw Invalid("Fargate only supports network mode 'awsvpc'.");
        if (request.Text("cpu") is not { } cpu) throw Invalid("Fargate requires that 'cpu' be defined at the task level.");
        if (request.Text("memory") is not { } memory) throw Invalid("Fargate requires that 'memory' be defined at the task level.");
        if (!FargateSizes.Allow(Whole(cpu), Whole(memory)))
            throw Invalid(
                $"No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. "
                + "See the Amazon ECS documentation for the valid values.");
        var logs = containers.Exists(container => container.Object("logConfiguration")?.Text("logDriver") == "awslogs");
        var secrets = containers.Exists(container => container.Objects("secrets").Any());
        if (request.Text("executionRoleArn") is not null) return;
        if (logs) throw Invalid("Fargate requires task definition to have execution role ARN to support log driver awslogs.");
        if (secrets) throw Invalid("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.");
    }

    private static int Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static AwsErrorException Invalid(string message) => new("ClientException", message);

    [GeneratedRegex("^[A-Za-z0-9_-]{1,255}$")]
    private static partial Regex FamilyPattern();
}
