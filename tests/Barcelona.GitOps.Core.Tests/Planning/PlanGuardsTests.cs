using System.Collections.Immutable;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Tests.Templates;

namespace Barcelona.GitOps.Core.Tests.Planning;

public sealed class PlanGuardsTests
{
    private static readonly Precedence Newer = new Precedence.Allowed();
    private static readonly DesiredState Desired = With("{name: worker, command: a}, {name: clock, command: b}");
    private static readonly ObservedState Running = Applied.To(Applied.Nothing, Desired);

    [Fact]
    public void The_same_again_and_a_first_deploy_are_allowed()
    {
        Assert.Empty(PlanGuards.Check(Desired, Running, Newer));
        Assert.Empty(PlanGuards.Check(Desired, Applied.Nothing, Newer));
    }

    [Fact]
    public void Deleting_every_service_at_once_is_refused_and_names_them()
    {
        var refusal = Assert.Single(PlanGuards.Check(With(""), Running, Newer));

        Assert.Equal(RefusalKind.DeletesEveryService, refusal.Kind);
        Assert.Contains("ServiceClock, ServiceWorker", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replacing_every_service_by_others_is_deleting_every_one_too() =>
        Assert.Equal(RefusalKind.DeletesEveryService, Assert.Single(PlanGuards.Check(With("{name: other, command: a}"), Running, Newer)).Kind);

    [Theory]
    [InlineData(null)]
    [InlineData("Resources: {}")]
    public void Services_are_known_from_the_outputs_where_the_template_was_not_read_or_is_not_ours(string? template)
    {
        var app = Running.AppStack ?? throw new InvalidOperationException();
        var unread = Running with { AppStack = app with { TemplateBody = template, Outputs = app.Outputs.Add("ServiceWorkerArn", "arn:x") } };

        Assert.Equal(RefusalKind.DeletesEveryService, Assert.Single(PlanGuards.Check(With(""), unread, Newer)).Kind);
    }

    [Fact]
    public void Deleting_one_of_two_services_is_allowed() => Assert.Empty(PlanGuards.Check(With("{name: worker, command: a}"), Running, Newer));

    [Theory]
    [InlineData("acme/other")]
    [InlineData("not a repository")]
    [InlineData(null)]
    public void A_stack_that_is_not_ours_is_not_touched(string? owner) =>
        Assert.Equal(RefusalKind.NotOurs, Assert.Single(PlanGuards.Check(Desired, Tagged(StackKeys.RepositoryTag, owner), Newer)).Kind);

    [Fact]
    public void A_stack_that_is_tagged_for_another_heritage_is_not_touched() =>
        Assert.Equal(RefusalKind.NotOurs, Assert.Single(PlanGuards.Check(Desired, Tagged(StackKeys.HeritageTag, "blog"), Newer)).Kind);

    [Fact]
    public void Repositories_are_compared_as_github_does() =>
        Assert.Empty(PlanGuards.Check(Desired, Tagged(StackKeys.RepositoryTag, "Acme/Shop"), Newer));

    [Fact]
    public void What_is_older_than_what_runs_is_refused_and_says_what_runs()
    {
        var refusal = Assert.Single(PlanGuards.Check(Desired, Running, new Precedence.Older("v1.4.0")));

        Assert.Equal(RefusalKind.Older, refusal.Kind);
        Assert.Contains("v1.4.0", refusal.Message, StringComparison.Ordinal);
    }

    private static ObservedState Tagged(string tag, string? value)
    {
        var heritage = Running.HeritageStack ?? throw new InvalidOperationException();
        ImmutableSortedDictionary<string, string> tags = value is null ? heritage.Tags.Remove(tag) : heritage.Tags.SetItem(tag, value);
        return Running with { HeritageStack = heritage with { Tags = tags } };
    }

    private static DesiredState With(string services) => Example.Desired(Example.Release(
        $"environments: {{production: {{name: shop, district: default, image_name: acme/shop, services: [{services}]}}}}"));
}
