using Barcelona.GitOps.Sandbox.Aws.Calls;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>Two districts, two accounts, two regions, one push.</summary>
public sealed class SeveralDistrictsScenarios : DistrictScenario
{
    private const string Tokyo = "arn:aws:iam::123456789012:role/barcelona", Oregon = "arn:aws:iam::210987654321:role/elsewhere";

    private static readonly string Default = $"role: {Tokyo}\n{DistrictTexts.Made}";

    private static readonly string Other = $"role: {Oregon}\n" + DistrictTexts.Made
        .Replace("ap-northeast-1", "us-west-2", StringComparison.Ordinal)
        .Replace("123456789012", "210987654321", StringComparison.Ordinal)
        .Replace("capacity: ec2\n", "capacity: ec2\nbastion: true\n", StringComparison.Ordinal);

    /// <summary>Begins now: the SDK compares the expiry of credentials with the machine's clock.</summary>
    protected override StageOptions Options => base.Options with { Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow()) };

    [Fact]
    public async Task Each_is_made_in_its_own_account_and_region_with_its_own_role_asked_for_once()
    {
        var sha = await PushDistrictsAsync(("default", Default), ("other", Other));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
        Assert.Equal(("success", ""), (DistrictCheck(sha, "other").Conclusion, Errors(DistrictCheck(sha, "other"))));
        AwsCall[] made = [.. Stage.Aws.Calls.Where(c => c.Service != "sts")];
        Assert.Equal(
            [(Tokyo, "123456789012", "ap-northeast-1"), (Oregon, "210987654321", "us-west-2")],
            made.Select(c => (c.RoleArn ?? "", c.AccountId, c.Region)).Distinct().OrderBy(p => p.Item2, StringComparer.Ordinal));
        Assert.All(
            made.Where(c => c.Service == "cloudformation" && NameOf(c).Length > 0), c => Assert.Equal(IsOfOther(c) ? Oregon : Tokyo, c.RoleArn));
        Assert.Equal([Tokyo, Oregon], Stage.Aws.AssumedRoles.Select(r => r.RoleArn).Order(StringComparer.Ordinal));
        Assert.Equal(2, Balancers().Count);
    }

    [Fact]
    public async Task What_AWS_refuses_one_of_them_the_other_does_not_hear_of()
    {
        Stage.Aws.Faults.FailResource("BastionGroup", "You have requested more vCPU capacity than your current limit allows.");

        var sha = await PushDistrictsAsync(("default", Default), ("other", Other));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
        Assert.Equal("failure", DistrictCheck(sha, "other").Conclusion);
        Assert.Contains("more vCPU capacity", DistrictCheck(sha, "other").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_cannot_be_assumed_stops_its_own_district_only()
    {
        Stage.Aws.RequireExternalId(Oregon, "3f9c");

        var sha = await PushDistrictsAsync(("default", Default), ("other", Other));

        Assert.Equal(("success", ""), (DistrictCheck(sha).Conclusion, Errors(DistrictCheck(sha))));
        Assert.Equal("failure", DistrictCheck(sha, "other").Conclusion);
    }

    private static bool IsOfOther(AwsCall call) => NameOf(call).Contains("other", StringComparison.Ordinal);
}
