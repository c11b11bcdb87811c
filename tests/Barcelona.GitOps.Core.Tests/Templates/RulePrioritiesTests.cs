using System.Collections.Immutable;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Routing;

namespace Barcelona.GitOps.Core.Tests.Templates;

public sealed class RulePrioritiesTests
{
    private static readonly string Http = Example.District.Endpoints[0].Existing?.HttpListenerArn ?? "";
    private static readonly string Https = Example.District.Endpoints[0].Existing?.HttpsListenerArn ?? "";

    [Fact]
    public void Without_a_word_in_the_file_the_lowest_free_number_from_100_is_taken() =>
        Assert.Equal(100, Allocate(Request(Service("web"))).Priorities["web/demo-endpoint"]);

    [Fact]
    public void A_number_that_is_in_use_on_either_listener_is_not_free()
    {
        var request = Request(Service("web")) with { InUse = [new(Http, 100, "other"), new(Https, 101, "another")] };

        Assert.Equal(102, Allocate(request).Priorities["web/demo-endpoint"]);
    }

    [Fact]
    public void Rules_of_other_load_balancers_and_of_our_own_are_in_nobodys_way()
    {
        var request = Request(Service("web")) with { InUse = [new("arn:elsewhere", 100, "other"), new(Http, 100, "me"), new(Https, 100, "me")] };

        Assert.Equal(100, Allocate(request).Priorities["web/demo-endpoint"]);
    }

    [Fact]
    public void What_a_listener_had_it_keeps_whatever_becomes_free_and_whatever_is_added()
    {
        var request = Request(Service("api"), Service("web")) with
        {
            AppStackParameters = ImmutableSortedDictionary<string, string>.Empty.Add(LogicalIds.Priority("web/demo-endpoint"), "105"),
            InUse = [new(Http, 105, "me"), new(Https, 105, "me")],
        };

        var priorities = Allocate(request).Priorities;

        Assert.Equal(105, priorities["web/demo-endpoint"]);
        Assert.Equal(100, priorities["api/demo-endpoint"]);
    }

    [Fact]
    public void A_new_listener_gets_no_number_of_an_own_rule_that_is_still_there()
    {
        var request = Request(Service("site")) with
        {
            AppStackParameters = ImmutableSortedDictionary<string, string>.Empty.Add(LogicalIds.Priority("web/demo-endpoint"), "100"),
            InUse = [new(Http, 100, "me"), new(Https, 100, "me")],
        };

        Assert.Equal(101, Allocate(request).Priorities["site/demo-endpoint"]);
    }

    [Theory]
    [InlineData("site")]
    [InlineData("web")]
    public void A_number_in_the_file_that_an_own_rule_has_is_its_own_only(string name)
    {
        var request = Request(Service(name, priority: 100)) with
        {
            AppStackParameters = ImmutableSortedDictionary<string, string>.Empty.Add(LogicalIds.Priority("web/demo-endpoint"), "100"),
            InUse = [new(Http, 100, "me"), new(Https, 100, "me")],
        };

        Assert.Equal(name == "web" ? [] : ["BCN707"], Allocate(request).Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void A_number_in_the_file_is_used_and_nobody_else_gets_it()
    {
        var priorities = Allocate(Request(Service("api"), Service("web", priority: 100))).Priorities;

        Assert.Equal(100, priorities["web/demo-endpoint"]);
        Assert.Equal(101, priorities["api/demo-endpoint"]);
    }

    [Fact]
    public void A_number_in_the_file_that_another_application_has_is_said_with_the_nearest_free_one()
    {
        var result = Allocate(
            Request(Service("web", priority: 100)) with { InUse = [new(Https, 100, "stack of blog"), new(Http, 101, "x"), new(Http, 99, "y")] });

        var clash = Assert.Single(result.Diagnostics);
        Assert.Equal("BCN707", clash.Code);
        Assert.Contains("stack of blog", clash.Message, StringComparison.Ordinal);
        Assert.Contains("102", clash.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kept_number_gives_way_to_one_in_the_file()
    {
        var request = Request(Service("api"), Service("web", priority: 100)) with
        {
            AppStackParameters = ImmutableSortedDictionary<string, string>.Empty.Add(LogicalIds.Priority("api/demo-endpoint"), "100"),
        };

        Assert.Equal(101, Allocate(request).Priorities["api/demo-endpoint"]);
    }

    [Fact]
    public void Kept_numbers_are_known_to_be_free_only_on_the_listeners_that_they_are_on()
    {
        var parameters = ImmutableSortedDictionary<string, string>.Empty
            .Add(LogicalIds.Priority("web/demo-endpoint"), "100").Add(LogicalIds.HttpListener("demo-endpoint"), Http);
        var request = Request(Service("web")) with { AppStackParameters = parameters.Add(LogicalIds.HttpsListener("demo-endpoint"), Https) };

        Assert.True(RulePriorities.AreKnown(request));
        Assert.False(RulePriorities.AreKnown(request with { AppStackParameters = parameters }));
        Assert.False(RulePriorities.AreKnown(request with
        {
            AppStackParameters = request.AppStackParameters.SetItem(LogicalIds.HttpListener("demo-endpoint"), "arn:other"),
        }));
    }

    private static PriorityAllocation Allocate(PriorityRequest request) => RulePriorities.Allocate(request);

    private static PriorityRequest Request(params ServiceManifest[] services) =>
        new() { Owner = "me", District = Example.District, Services = [.. services] };

    private static ServiceManifest Service(string name, int? priority = null) => Assert.Single(Example.Release($$"""
        environments:
          production:
            name: shop
            district: default
            image_name: acme/shop
            services:
              - {name: {{name}}, service_type: web, command: bin/web, listeners: [{endpoint: demo-endpoint{{(priority is { } p ? $", rule_priority: {p}" : "")}}}]}
        """).Environment.Services);
}
