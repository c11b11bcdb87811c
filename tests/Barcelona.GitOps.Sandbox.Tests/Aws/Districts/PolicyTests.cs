using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Tests.Aws.Districts;

/// <summary>IAM deletes no policy that somebody has.</summary>
public sealed class PolicyTests
{
    private const string Policy = """{"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": []}}}""";

    [Fact]
    public async Task An_update_is_complete_and_leaves_an_attached_policy_behind()
    {
        await using var host = await AwsHost.StartAsync();
        var (district, policy) = await MadeAsync(host);
        host.Aws.AttachPolicy(policy);
        district.Remove("Policy");
        (district.Template["Outputs"] as JsonObject)?.Remove("Policy");

        Assert.Equal("UPDATE_COMPLETE", (await district.UpdateAsync()).StackStatus.Value);

        Assert.Contains("Cannot delete a policy attached to entities", await district.ReasonAsync("Policy"), StringComparison.Ordinal);
        Assert.True(host.Aws.HasPolicy(policy));
    }

    [Fact]
    public async Task A_stack_cannot_go_before_its_policy_is_detached()
    {
        await using var host = await AwsHost.StartAsync();
        var (district, policy) = await MadeAsync(host);
        var people = host.Aws.AttachPolicy(policy);

        Assert.Equal("DELETE_FAILED", (await district.DeleteAsync(DistrictStack.Name)).StackStatus.Value);
        host.Aws.DetachPolicies(people);
        await host.Stacks.DeleteStackAsync(new() { StackName = DistrictStack.Name }, TestContext.Current.CancellationToken);
        host.Pass(300);

        Assert.False(host.Aws.HasPolicy(policy));
    }

    private static async Task<(DistrictStack District, string Policy)> MadeAsync(AwsHost host)
    {
        var district = new DistrictStack(host);
        district.Add("Policy", Policy);
        if (district.Template["Outputs"] is JsonObject outputs)
            outputs["Policy"] = JsonNode.Parse("""{"Value": {"Ref": "Policy"}}""");
        var made = await district.CreateAsync();
        return (district, made.Outputs.Single(output => output.OutputKey == "Policy").OutputValue);
    }
}
