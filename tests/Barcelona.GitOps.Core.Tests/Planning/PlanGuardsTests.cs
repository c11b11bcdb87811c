using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Tests.Templates;

namespace Barcelona.GitOps.Core.Tests.Planning;

public sealed class PlanGuardsTests
{
    private static readonly DesiredState Desired = With("{name: worker, command: a}, {name: clock, command: b}");
    private static readonly ObservedState Running = Applied.To(Applied.Nothing, Desired);

    [Fact]
    public void The_same_again_and_a_first_deploy_are_allowed()
    {
        Assert.Null(Check(Desired, Running));
        Assert.Null(Check(Desired, Applied.Nothing));
    }

    [Fact]
    public void Deleting_every_service_at_once_is_refused_and_names_them()
    {
        var refusal = Check(With(""), Running);

        Assert.Equal("This would delete every service that runs: ServiceClock, ServiceWorker.", refusal?.Message);
    }

    [Fact]
    public void Replacing_every_service_by_others_is_deleting_every_one_too() =>
        Assert.NotNull(Check(With("{name: other, command: a}"), Running));

    [Theory]
    [InlineData(null)]
    [InlineData("Resources: {}")]
    public void Services_are_known_from_the_outputs_where_the_template_was_not_read_or_is_not_ours(string? template)
    {
        var app = Running.AppStack ?? throw new InvalidOperationException();
        var unread = Running with { AppStack = app with { TemplateBody = template, Outputs = app.Outputs.Add("ServiceWorkerArn", "arn:x") } };

        Assert.NotNull(Check(With(""), unread));
    }

    [Fact]
    public void Deleting_one_of_two_services_is_allowed() => Assert.Null(Check(With("{name: worker, command: a}"), Running));

    private static Refusal? Check(DesiredState desired, ObservedState observed) => PlanGuards.DeletesEveryService(desired, observed.AppStack);

    private static DesiredState With(string services) => Example.Desired(Example.Release(
        $"environments: {{production: {{name: shop, district: default, image_name: acme/shop, services: [{services}]}}}}"));
}
