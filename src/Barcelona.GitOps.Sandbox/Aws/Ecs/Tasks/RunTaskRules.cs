using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Sandbox.Aws.Ecs.Definitions;
using Barcelona.GitOps.Sandbox.Aws.Scaling;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs.Tasks;

/// <summary>What RunTask refuses. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html</summary>
internal static partial class RunTaskRules
{
    private static readonly string[] Roles = ["taskRoleArn", "executionRoleArn"];

    public static void Check(AwsRegion region, EcsCluster cluster, TaskDefinitionRevision definition, JsonObject request)
    {
        CheckTexts(request);
        CheckPlace(cluster, definition, request);
        if (definition.Status != "ACTIVE") throw new AwsErrorException("ClientException", "TaskDefinition is inactive");
        if (request.Object("overrides")?.Objects("containerOverrides").Select(o => o.Text("name"))
            .FirstOrDefault(name => !definition.Containers.Any(container => container.Text("name") == name)) is { } stranger)
            throw Invalid($"Override for container named {stranger} is not a container in the TaskDefinition.");
        if (Roles.Select(definition.Content.Text).OfType<string>().FirstOrDefault(role => IsGone(region, role)) is { } gone)
            throw new AwsErrorException("ClientException",
                $"ECS was unable to assume the role '{gone}' that was provided for this task. Please verify that the role being passed has the "
                + "proper trust relationship and permissions and that your IAM user has permissions to pass this role.");
    }

    public static string LaunchType(JsonObject request) => CapacityStrategies.Of(request).FirstOrDefault() is { } provider
        ? provider.StartsWith("FARGATE", StringComparison.Ordinal) ? "FARGATE" : "EC2"
        : request.Text("launchType") ?? "EC2";

    private static void CheckTexts(JsonObject request)
    {
        if (request.Text("startedBy") is { } startedBy && !StartedBy().IsMatch(startedBy))
            throw Invalid("startedBy should be up to 128 letters, numbers, hyphens, forward slashes and underscores.");
        if (request.Text("clientToken") is { } token && (token.Length is 0 or > 64 || token.Any(c => c is < '!' or > '~')))
            throw Invalid("clientToken should be up to 64 ASCII characters in the range of 33-126.");
    }

    private static void CheckPlace(EcsCluster cluster, TaskDefinitionRevision definition, JsonObject request)
    {
        var providers = CapacityStrategies.Of(request).ToList();
        CapacityStrategies.Check(cluster, providers);
        if (providers.Count > 0 && request.Text("launchType") is not null)
            throw Invalid("Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.");
        var launchType = LaunchType(request);
        if (!definition.Content.Texts("compatibilities").Contains(launchType))
            throw Invalid($"Task definition does not support launch_type {launchType}.");
        var hasNetwork = request.Object("networkConfiguration") is not null;
        if (definition.Content.Text("networkMode") == "awsvpc" != hasNetwork)
            throw Invalid(hasNetwork
                ? "Network Configuration is not valid for the given networkMode of this task definition."
                : "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        if (launchType == "EC2" && providers.Count == 0 && cluster.Instances.Count == 0)
            throw Invalid("No Container Instances were found in your cluster.");
    }

    /// <summary>One that an account never had is a test's own affair; one of a stack's that is deleted is not.</summary>
    private static bool IsGone(AwsRegion region, string role) =>
        region.Inventory.OfType("AWS::IAM::Role").Any() && region.Inventory.Find("AWS::IAM::Role", role) is null;

    private static AwsErrorException Invalid(string message) => new("InvalidParameterException", message);

    [GeneratedRegex(@"\A[A-Za-z0-9/_-]{1,128}\z")]
    private static partial Regex StartedBy();
}
