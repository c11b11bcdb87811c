using AwsClients.Generator;
using Microsoft.CodeAnalysis;

namespace AwsClients.Tests.Generator;

/// <summary>An editor runs the generator at every key stroke: it must only generate when a fact has changed.</summary>
public sealed class IncrementalityTests
{
    private const string Model = """
        service Amazon.Example AmazonExample Example
        protocol json 1.1 Example 2020-01-01 example example
        op ListThings page=nextToken,nextToken,things errors=GoneException
        struct ListThingsRequest i
          nextToken string
        struct ListThingsResponse o
          nextToken string
          things list<string>
        error GoneException Gone
        """;

    [Fact]
    public void An_edit_that_changes_no_fact_generates_nothing_again()
    {
        Assert.Equal(IncrementalStepRunReason.Unchanged, ReasonAfter(Model + "\n# a comment\n"));
    }

    [Fact]
    public void A_changed_fact_generates_again()
    {
        var edited = Model.Replace("things list<string>", "things list<int>", StringComparison.Ordinal);

        Assert.Equal(IncrementalStepRunReason.Modified, ReasonAfter(edited));
    }

    private static IncrementalStepRunReason ReasonAfter(string edited)
    {
        var compilation = GeneratedAssembly.Compilation("AWSSDK.Example");
        var cancellation = TestContext.Current.CancellationToken;
        var before = new AwsApiText("Example", Model);
        var driver = GeneratedAssembly.Driver(before).RunGenerators(compilation, cancellation);

        driver = driver.ReplaceAdditionalText(before, new AwsApiText("Example", edited)).RunGenerators(compilation, cancellation);

        var steps = Assert.Single(driver.GetRunResult().Results).TrackedSteps[AwsClientGenerator.ModelStep];
        return Assert.Single(Assert.Single(steps).Outputs).Reason;
    }
}
