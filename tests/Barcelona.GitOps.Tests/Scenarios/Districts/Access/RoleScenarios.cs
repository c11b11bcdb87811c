using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Scenarios.Districts.Access;

/// <summary>A district in an account of its own.</summary>
public sealed class RoleScenarios : DistrictScenario
{
    private const string Role = "arn:aws:iam::123456789012:role/barcelona";

    /// <summary>Begins now: the SDK compares the expiry of credentials with the machine's clock.</summary>
    protected override StageOptions Options => base.Options with { Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow()) };

    [Fact]
    public async Task A_role_is_assumed_with_its_external_id_for_the_platform_repository_and_the_commit()
    {
        Stage.Aws.RequireExternalId(Role, "3f9c");

        var sha = await PushDistrictsAsync(("default", $"role: {Role}\nexternal_id: 3f9c\n{Stage.District.Text}"));

        Assert.Equal("success", DistrictCheck(sha).Conclusion);
        var assumed = Stage.Aws.Calls.Of("sts", "AssumeRole")[^1].Request.ToJsonString();
        Assert.Contains("acme/platform", assumed, StringComparison.Ordinal);
        Assert.Contains(sha, assumed, StringComparison.Ordinal);
        Assert.Contains("3f9c", assumed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_external_id_makes_nothing_and_says_why()
    {
        Stage.Aws.RequireExternalId(Role, "3f9c");

        var sha = await PushDistrictsAsync(("default", $"role: {Role}\nexternal_id: wrong\n{Stage.District.Text}"));

        Assert.Equal("failure", DistrictCheck(sha).Conclusion);
        Assert.Empty(Stage.Aws.Calls.Of("cloudformation", "DescribeStacks"));
    }
}
