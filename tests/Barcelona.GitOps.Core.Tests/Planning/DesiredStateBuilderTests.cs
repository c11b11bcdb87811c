using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Tests.Templates;

namespace Barcelona.GitOps.Core.Tests.Planning;

public sealed class DesiredStateBuilderTests
{
    private const string Web = """
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            services:
              - name: web
                service_type: web
                memory: 512
                command: bin/web
                listeners: [{endpoint: demo-endpoint}]
        """;

    [Theory]
    [InlineData("endpoint: demo-endpoint", "endpoint: demo-endpiont",
        "barcelona.yml(11,32): error BCN700: 'demo-endpiont' is not an endpoint of district 'default'; "
        + "it has demo-endpoint, plain-endpoint. Did you mean 'demo-endpoint'?")]
    [InlineData("listeners: [{endpoint: demo-endpoint}]", "force_ssl: true\n        listeners: [{endpoint: plain-endpoint}]",
        "barcelona.yml(12,32): error BCN701: force_ssl needs an HTTPS listener, and endpoint 'plain-endpoint' has none.")]
    [InlineData("memory: 512", "capacity: fargate\n        memory: 200000",
        "barcelona.yml(10,17): error BCN709: Fargate has no size that holds 200000 MiB.")]
    [InlineData("    services:", "    environment: [{name: K, secret: a/b}]\n    services:",
        "barcelona.yml(6,37): error BCN711: There is no secret 'barcelona/default/a/b' in Secrets Manager, or it may not be read. "
        + "Make it: barcelona secret set a/b --district default")]
    public void What_does_not_fit_the_district_is_said_at_its_place(string from, string to, string expected)
    {
        var built = DesiredStateBuilder.Build(Example.Release(Web.Replace(from, to, StringComparison.Ordinal)) with
        {
            Secrets = ImmutableSortedDictionary<string, ResolvedSecret>.Empty,
        });

        Assert.Null(built.Value);
        Assert.Equal(expected, Assert.Single(built.Diagnostics).ToString());
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var district = Example.District with { Policy = new(MaxCpu: 128, MaxMemory: 256, Registries: ["quay.io"]), Endpoints = [] };

        var built = DesiredStateBuilder.Build(
            Example.Release(Web.Replace("memory: 512", "memory: 512\n        cpu: 1024", StringComparison.Ordinal), district));

        Assert.Equal(["BCN706", "BCN705", "BCN705", "BCN700"], built.Diagnostics.Select(d => d.Code));
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(99, false)]
    public void More_than_one_stack_holds_is_refused_before_anything_is_made(int workers, bool fits)
    {
        var services = string.Concat(Enumerable.Range(1, workers).Select(i => $"\n      - {{name: worker{i}, memory: 128, command: bin/work}}"));

        var built = DesiredStateBuilder.Build(Example.Release(Web + services));

        Assert.Equal(fits ? [] : ["BCN718"], built.Diagnostics.Where(d => d.IsError).Select(d => d.Code));
        Assert.Equal(fits, built.Value is not null);
    }

    [Fact]
    public void On_fargate_the_policy_bounds_what_is_paid_for()
    {
        var district = Example.District with { Policy = new(MaxCpu: null, MaxMemory: 512, Registries: null) };

        var built = DesiredStateBuilder.Build(
            Example.Release(Web.Replace("memory: 512", "memory: 600\n        capacity: fargate", StringComparison.Ordinal), district));

        Assert.Contains(built.Diagnostics, d => d.Code == "BCN705" && d.Message.Contains("1024", StringComparison.Ordinal));
    }

    [Fact]
    public void Parts_that_a_district_would_have_to_make_first_are_named()
    {
        var district = Example.District with
        {
            Network = new Network.Made("10.0.0.0/16", 2, NatType.None, Ipv6: false, []),
            Cluster = new Cluster.Made(["t3.small"], 1, 2, "latest", Insights: false),
            Endpoints = [Example.District.Endpoints[0], Example.District.Endpoints[1] with { Existing = null }],
        };

        var built = DesiredStateBuilder.Build(
            Example.Release(
                Web.Replace("endpoint: demo-endpoint}", "endpoint: demo-endpoint}, {endpoint: plain-endpoint}", StringComparison.Ordinal), district));

        Assert.Equal(["BCN702", "BCN703", "BCN704"], built.Diagnostics.Select(d => d.Code).Order());
    }

    [Fact]
    public void Without_an_image_nothing_is_deployed_and_nothing_is_wrong()
    {
        var built = DesiredStateBuilder.Build(Example.Release(Web.Replace("    image_name: acme/shop\n", "", StringComparison.Ordinal)));

        Assert.Null(built.Value);
        Assert.Equal(Severity.Information, Assert.Single(built.Diagnostics).Severity);
    }

    [Fact]
    public void Without_services_the_stack_holds_nothing_but_is_one()
    {
        var desired = Example.Desired(
            Example.Release("environments: {production: {name: shop, district: default, image_name: acme/shop, services: []}}"));

        Assert.Empty(desired.Services);
        Assert.Contains("WaitConditionHandle", desired.AppStack.TemplateBody, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_without_private_subnets_gets_an_address_of_its_own()
    {
        var district = Example.District with
        {
            Network = new Network.Existing("vpc-1", ["subnet-public"], [], "sg-1"),
            Capacity = Core.Manifest.Capacity.Fargate,
        };

        var app = Example.Desired(Example.Release(Web, district)).AppStack;

        Assert.Contains("\"AssignPublicIp\":\"ENABLED\"", app.TemplateBody, StringComparison.Ordinal);
        Assert.Equal("subnet-public", app.Parameters[StackKeys.SubnetsParameter]);
    }

    [Fact]
    public void Instances_that_the_district_made_are_asked_for_through_their_capacity_provider()
    {
        var district = Example.District with
        {
            Cluster = new Cluster.Existing("barcelona-default-Cluster-1") { CapacityProvider = "barcelona-default-CapacityProvider-2" },
        };

        var app = Example.Desired(Example.Release(Web, district)).AppStack;

        Assert.Contains(
            "\"CapacityProviderStrategy\":[{\"CapacityProvider\":{\"Ref\":\"CapacityProvider\"},\"Weight\":1}]",
            app.TemplateBody,
            StringComparison.Ordinal);
        Assert.DoesNotContain("LaunchType", app.TemplateBody, StringComparison.Ordinal);
        Assert.Equal("barcelona-default-CapacityProvider-2", app.Parameters[StackKeys.CapacityProviderParameter]);
    }

    [Fact]
    public void On_fargate_a_capacity_provider_is_no_parameter()
    {
        var district = Example.District with
        {
            Capacity = Core.Manifest.Capacity.Fargate,
            Cluster = new Cluster.Existing("default") { CapacityProvider = "instances" },
        };

        Assert.DoesNotContain(StackKeys.CapacityProviderParameter, Example.Desired(Example.Release(Web, district)).AppStack.Parameters.Keys);
    }

    [Fact]
    public void Credentials_of_a_registry_that_are_not_there_are_said_at_the_image()
    {
        var inputs = Example.Release(Web.Replace("acme/shop\n", "quay.io/acme/shop\n", StringComparison.Ordinal));

        var built = DesiredStateBuilder.Build(inputs with { Secrets = ImmutableSortedDictionary<string, ResolvedSecret>.Empty });

        Assert.Equal(
            "barcelona.yml(5,17): error BCN717: The district pulls from quay.io with the secret 'barcelona/default/registries/quay', which is not "
            + "in Secrets Manager, or may not be read. "
            + "Its value is JSON with username and password.", Assert.Single(built.Diagnostics).ToString());
    }

    [Fact]
    public void The_districts_boundary_is_on_the_roles_of_its_heritages()
    {
        var district = Example.District with { PermissionsBoundary = "arn:aws:iam::123456789012:policy/barcelona/barcelona-default-boundary" };

        var heritage = JsonNode.Parse(Example.Desired(Example.Release(Web, district)).HeritageStack.TemplateBody);

        foreach (var role in new[] { "TaskRole", "TaskExecutionRole" })
        {
            Assert.Equal(district.PermissionsBoundary, heritage?["Resources"]?[role]?["Properties"]?["PermissionsBoundary"]?.GetValue<string>());
        }
    }

    [Fact]
    public void A_count_beside_autoscaling_never_reaches_the_template()
    {
        var scaled = Web.Replace(
            "memory: 512", "memory: 512\n        count: 2\n        autoscaling: {min: 1, max: 4, cpu: 60}", StringComparison.Ordinal);

        Assert.DoesNotContain("\"DesiredCount\"", Example.Desired(Example.Release(scaled)).AppStack.TemplateBody, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stack_that_is_sent_has_a_value_for_every_parameter_of_its_template()
    {
        var desired = Example.Desired(Example.Release(Web));

        var sent = desired.AppStackWith(new Dictionary<string, string> { ["web"] = "arn:1" }, new Dictionary<string, string>(), "7");

        var declared = JsonNode.Parse(sent.TemplateBody)?["Parameters"]?.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal);
        Assert.Equal(declared, sent.Parameters.Keys);
        Assert.Equal("7", sent.Parameters[StackKeys.ReleaseParameter]);
    }
}
