using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Tests.Scenarios.Moto;

/// <summary>
/// In front of moto: carries the rollouts on that moto only begins. A service whose task definition is new is first seen under way, and
/// complete when it is asked for again.
/// </summary>
internal sealed class MotoRollouts : DelegatingHandler
{
    private readonly ConcurrentDictionary<string, bool> _underWay = new();

    /// <summary>Rollouts that were seen under way before they were complete.</summary>
    public int Begun => _underWay.Count;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode
            || !request.Headers.TryGetValues("X-Amz-Target", out var target)
            || !target.Single().EndsWith(".DescribeServices", StringComparison.Ordinal))
        {
            return response;
        }

        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) ?? throw new InvalidOperationException("No JSON.");
        foreach (var service in answer["services"]?.AsArray().OfType<JsonObject>() ?? [])
        {
            CarryOn(service);
        }

        response.Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1");
        return response;
    }

    private void CarryOn(JsonObject service)
    {
        // moto takes a service without DesiredCount for one that wants no task; ECS starts one.
        var desired = Math.Max(1, (int?)service["desiredCount"] ?? 0);
        var complete = !_underWay.TryAdd($"{service["serviceArn"]} {service["taskDefinition"]}", true);
        var running = complete ? desired : 0;

        // moto starts no tasks for a service: these counts would stay as they are for ever.
        service["desiredCount"] = desired;
        service["runningCount"] = running;
        service["pendingCount"] = desired - running;

        // moto keeps the service's first deployment with its first task definition, whatever is deployed later, and IN_PROGRESS for ever.
        service["deployments"] = new JsonArray(new JsonObject
        {
            ["id"] = "ecs-svc/1",
            ["status"] = "PRIMARY",
            ["taskDefinition"] = service["taskDefinition"]?.DeepClone(),
            ["desiredCount"] = desired,
            ["runningCount"] = running,
            ["pendingCount"] = desired - running,
            ["failedTasks"] = 0,
            ["rolloutState"] = complete ? "COMPLETED" : "IN_PROGRESS",
        });
    }
}
