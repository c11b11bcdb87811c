using System.Text.Json.Nodes;
using Barcelona.GitOps.Tests.Scenarios.Checks;
using Barcelona.GitOps.Tests.Scenarios.Images;

namespace Barcelona.GitOps.Tests.Scenarios.Acts;

/// <summary>A rollback gives AWS all that the release gave it, though nothing of it is there any more.</summary>
public sealed class WholeRollbackScenarios : ActScenario
{
    private const string Before = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            environment: [{name: MODE, value: calm}, {name: GONE, value: still here}]
            scheduled_tasks:
              - {name: report, schedule: rate(1 hour), command: bin/report, memory: 256, timezone: Asia/Tokyo}
            services:
              - name: web
                service_type: web
                memory: 128
                command: bin/web
                autoscaling: {min: 2, max: 4, cpu: 60}
                stop_timeout: 20s
                listeners:
                  - endpoint: demo-endpoint
                    health_check_path: /health
                    rule_priority: 50
                    rule_conditions: [{type: path-pattern, value: /shop/*}]
              - name: chat
                memory: 128
                count: 2
                command: bin/chat
                port_mappings: [{lb_port: 5222, container_port: 5222}]

        """;

    /// <summary>From, to.</summary>
    private static readonly (string, string)[] Changes =
    [
        ("value: calm}, {name: GONE, value: still here}", "value: loud}, {name: COME, value: lately}"),
        ("rate(1 hour)", "cron(0 3 * * ? *)"), ("command: bin/report,", "command: bin/report --all,"),
        ("timezone: Asia/Tokyo", "timezone: UTC, retries: 3"),
        ("command: bin/web", "command: bin/web --fast"), ("{min: 2, max: 4, cpu: 60}", "{min: 1, max: 8, memory: 70}"),
        ("stop_timeout: 20s", "stop_timeout: 60s"), ("health_check_path: /health", "health_check_path: /up"),
        ("rule_priority: 50", "rule_priority: 60"), ("value: /shop/*", "value: /store/*"), ("count: 2", "count: 1"),
        ("lb_port: 5222, container_port: 5222", "lb_port: 6000, container_port: 6001"),
    ];

    [Fact]
    public async Task Everything_that_a_release_gave_AWS_is_given_again()
    {
        var good = await PushAndSettleAsync(Before);
        Assert.Equal("success", Check(good).Conclusion);
        var (given, parameters, definitions) = (Template(), Parameters(), Definitions());
        var (scaled, resources) = (Scaled(), await ResourcesAsync());

        var bad = await PushAndSettleAsync(Changes.Aggregate(Before, (text, change) =>
        {
            Assert.Contains(change.Item1, text, StringComparison.Ordinal);
            return text.Replace(change.Item1, change.Item2, StringComparison.Ordinal);
        }));
        Assert.Equal("success", Check(bad).Conclusion);
        Assert.False(JsonNode.DeepEquals(given, Template()));
        Assert.Equal((true, false), (parameters.ContainsValue("50"), Parameters().ContainsValue("50")));
        Assert.NotEqual(scaled, Scaled());
        Assert.NotEqual(resources, await ResourcesAsync());
        Assert.All(definitions, d => Assert.False(JsonNode.DeepEquals(d.Value, Definitions()[d.Key])));
        await DeregisterAsync(":1");

        await RollBackAsync();

        Assert.Equal("success", RollbackCheck(bad).Conclusion);
        Assert.Equal(bad, SentParameter("Hold"));
        Assert.Equal(given.ToJsonString(), Template().ToJsonString());
        Assert.Equal(parameters, Parameters());
        Assert.Equal(definitions.Keys, Definitions().Keys);
        Assert.All(definitions, d => Assert.Equal(d.Value.ToJsonString(), Definitions()[d.Key].ToJsonString()));
        Assert.Equal((scaled, resources), (Scaled(), await ResourcesAsync()));
        Assert.Equal([$"acme/shop:{good}"], await Serving.ImagesBehindAsync(Stage, "web"));
        Assert.Equal([$"acme/shop:{good}"], Serving.RunningImages(Stage)["chat"]);
    }

    /// <summary>The newest that was sent, without what says that a commit is held.</summary>
    private JsonObject Template()
    {
        var sent = Stage.Aws.Calls.Writes.Last(c => c.Operation is "CreateStack" or "UpdateStack" && (string?)c.Request["StackName"] == App);
        var template = Assert.IsType<JsonObject>(JsonNode.Parse((string?)sent.Request["TemplateBody"] ?? ""));
        template["Parameters"]?.AsObject().Remove("Hold");
        template["Outputs"]?.AsObject().Remove("Hold");
        return template;
    }

    /// <summary>The newest that were sent. Numbers of release and revisions are new ones, and the fingerprint has the hold in it.</summary>
    private SortedDictionary<string, string> Parameters() => new(
        StackParameters.Of(Stage.Aws.Calls.Writes, App)
            .Where(p => p.Key is not ("Hold" or "Release" or "Fingerprint"))
            .ToDictionary(p => p.Key, p => IsRevision(p.Value) ? p.Value[..p.Value.LastIndexOf(':')] : p.Value),
        StringComparer.Ordinal);

    private static bool IsRevision(string value) => value.Contains(":task-definition/", StringComparison.Ordinal);

    /// <summary>The newest that was sent of each family.</summary>
    private SortedDictionary<string, JsonObject> Definitions() => new(
        Stage.Aws.Calls.Of("ecs", "RegisterTaskDefinition").Select(c => c.Request).GroupBy(r => (string?)r["family"] ?? "")
            .ToDictionary(g => g.Key, g => g.Last()),
        StringComparer.Ordinal);

    private string Scaled() => string.Join(
        ';', Stage.Aws.ScaledServices.Select(s => $"{s.Min}-{s.Max} {string.Join(',', s.Metrics.Select(m => $"{m.Metric}={m.Value}"))}"));

    private async Task<string> ResourcesAsync()
    {
        using var stacks = Faults.StackFaults.Stacks(new(Stage, Shop, ""));
        var held = (await stacks.ListStackResourcesAsync(new() { StackName = App }, Stop)).StackResourceSummaries
            .Where(r => r.ResourceStatus != "DELETE_COMPLETE");
        return string.Join(';', held.Select(r => r.LogicalResourceId).Order(StringComparer.Ordinal));
    }

    /// <summary>Whoever tidies up: no task starts with them any more.</summary>
    private async Task DeregisterAsync(string revision)
    {
        foreach (var family in Definitions().Keys)
        {
            await Serving.Session(Stage).Ecs.DeregisterTaskDefinitionAsync(new() { TaskDefinition = family + revision }, Stop);
        }
    }
}
