using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Tests.Scenarios.Acts;

namespace Barcelona.GitOps.Tests.Scenarios.Services;

/// <summary>CloudFormation makes the rule of a new service before it takes that of an old one away: for a moment both are on the listener.</summary>
public sealed class RuleScenarios : ActScenario
{
    [Fact]
    public async Task A_service_gets_another_name_and_another_and_its_first_one_again()
    {
        await PushAndSettleAsync(Manifests.Shop);
        foreach (var (name, priority) in new[] { ("site", "101"), ("front", "100"), ("web", "101") })
        {
            var sha = await PushAndSettleAsync(Manifests.Shop.Replace("name: web", $"name: {name}", StringComparison.Ordinal));

            Assert.Equal(("success", $"Deployed {sha[..7]} to default/shop"), (Check(sha).Conclusion, Check(sha).Title));
            Assert.Equal(priority, SentParameter(LogicalIds.Priority($"{name}/demo-endpoint")));
        }
    }

    [Fact]
    public async Task A_number_of_a_service_that_goes_in_the_same_commit_is_not_free_yet()
    {
        var numbered = Manifests.Shop.Replace(
            "endpoint: demo-endpoint\n", "endpoint: demo-endpoint\n            rule_priority: 7\n", StringComparison.Ordinal);
        await PushAndSettleAsync(numbered);
        var writes = Stage.Aws.Calls.Writes.Count;

        var refused = await PushAndSettleAsync(numbered.Replace("name: web", "name: site", StringComparison.Ordinal));

        Assert.Equal("failure", Check(refused).Conclusion);
        Assert.Contains($"The rule priority 7 is in use on this endpoint by {App}.", Check(refused).Title, StringComparison.Ordinal);
        Assert.Equal(writes, Stage.Aws.Calls.Writes.Count);
    }
}
