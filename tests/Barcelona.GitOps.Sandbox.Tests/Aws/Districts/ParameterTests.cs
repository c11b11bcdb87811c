using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

namespace Barcelona.GitOps.Sandbox.Tests.Aws.Districts;

public sealed class ParameterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Image", "ami-0nothing")]
    [InlineData("Zones", "ap-northeast-1a,ap-northeast-1b")]
    public async Task A_parameter_must_name_what_exists(string name, string value)
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        district.Parameters.Add(new Parameter { ParameterKey = name, ParameterValue = value });

        var stack = await district.CreateAsync();
        var events = await host.Stacks.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = DistrictStack.Name }, Cancellation);

        Assert.Equal("ROLLBACK_COMPLETE", stack.StackStatus.Value);
        Assert.Contains(events.StackEvents, entry => entry.ResourceStatusReason?.StartsWith(
            $"Parameter validation failed: parameter value {value.Split(',')[^1]} for parameter name {name} does not exist.",
            StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task An_update_with_such_a_parameter_goes_back_and_leaves_all_as_it_was()
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        await district.CreateAsync();
        district.Parameters.Add(new Parameter { ParameterKey = "Image", ParameterValue = "ami-0nothing" });
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", (await district.UpdateAsync()).StackStatus.Value);
    }

    [Fact]
    public async Task An_attribute_that_a_type_does_not_have_is_refused_before_anything_starts()
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        district.Properties("NatGateway")["AllocationId"] = System.Text.Json.Nodes.JsonNode.Parse("""{"Fn::GetAtt": ["Address", "Arn"]}""");
        var refused = await Assert.ThrowsAsync<AmazonCloudFormationException>(district.CreateAsync);
        Assert.Contains("resource Address does not support attribute type Arn in Fn::GetAtt", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_template_comes_from_the_bucket()
    {
        await using var host = await AwsHost.StartAsync();
        var district = new DistrictStack(host);
        district.Template["Metadata"] = new System.Text.Json.Nodes.JsonObject { ["x"] = new string('x', 60_000) };
        await Assert.ThrowsAsync<AmazonCloudFormationException>(district.CreateAsync);
        await host.Buckets.PutBucketAsync("barcelona-templates", Cancellation);
        await host.Buckets.PutObjectAsync(new Amazon.S3.Model.PutObjectRequest
        {
            BucketName = "barcelona-templates",
            Key = "stack_templates/district.template",
            ContentBody = district.Template.ToJsonString(),
        }, Cancellation);

        await host.Stacks.CreateStackAsync(new CreateStackRequest
        {
            StackName = DistrictStack.Name,
            TemplateURL = $"{host.Url}/barcelona-templates/stack_templates/district.template",
            Capabilities = ["CAPABILITY_IAM"],
            Parameters = [new Parameter { ParameterKey = "Image", ParameterValue = await ImageAsync(host) }],
        }, Cancellation);

        Assert.Equal("CREATE_COMPLETE", (await district.SettleAsync(DistrictStack.Name)).StackStatus.Value);
    }

    private static async Task<string> ImageAsync(AwsHost host) =>
        (await host.Parameters.GetParameterAsync(new Amazon.SimpleSystemsManagement.Model.GetParameterRequest
        {
            Name = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        }, Cancellation)).Parameter.Value;
}
