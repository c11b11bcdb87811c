using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

namespace Barcelona.GitOps.Sandbox.Tests.Aws;

public sealed class TemplateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"Ref":"Name"}""", "shop")]
    [InlineData("""{"Fn::Join":["-",["a",{"Ref":"Name"},{"Ref":"AWS::Region"}]]}""", "a-shop-ap-northeast-1")]
    [InlineData("""{"Fn::Sub":"${Name} in ${AWS::AccountId} costs ${!USD}"}""", "shop in 123456789012 costs ${USD}")]
    [InlineData("""{"Fn::Sub":["${Name} ${Own}",{"Own":{"Fn::Select":["1",{"Ref":"List"}]}}]}""", "shop two")]
    [InlineData("""{"Fn::Select":[1,{"Fn::Split":["/","a/b/c"]}]}""", "b")]
    [InlineData("""{"Fn::If":["IsShop","yes",{"Ref":"AWS::NoValue"}]}""", "yes")]
    [InlineData("""{"Fn::FindInMap":["Sizes",{"Ref":"AWS::Region"},"Small"]}""", "256")]
    [InlineData("""{"Fn::Base64":"hello"}""", "aGVsbG8=")]
    [InlineData("""{"Fn::Select":[1,{"Fn::Cidr":["10.1.0.0/16",4,8]}]}""", "10.1.1.0/24")]
    [InlineData("""{"Fn::Select":[0,{"Fn::GetAZs":""}]}""", "ap-northeast-1a")]
    [InlineData("""{"Fn::GetAtt":["Group","Arn"]}""", "arn:aws:logs:ap-northeast-1:123456789012:log-group:/shop:*")]
    public async Task Functions_yield_what_CloudFormation_yields(string expression, string expected)
    {
        await using var host = await AwsHost.StartAsync();
        var template = """
            {"Parameters":{"Name":{"Type":"String"},"List":{"Type":"CommaDelimitedList","Default":"one,two"}},
             "Mappings":{"Sizes":{"ap-northeast-1":{"Small":"256"}}},
             "Conditions":{"IsShop":{"Fn::And":[{"Fn::Equals":[{"Ref":"Name"},"shop"]},{"Fn::Not":[{"Fn::Equals":["a","b"]}]}]}},
             "Resources":{"Group":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Fn::Sub":"/${Name}"}}}},
             "Outputs":{"Result":{"Value":EXPRESSION},"Absent":{"Condition":"IsShop","Value":"x"}}}
            """.Replace("EXPRESSION", expression, StringComparison.Ordinal);

        await CreateAsync(host, template);
        host.Pass(seconds: 30);

        var stack = (await host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = "test" }, Cancellation)).Stacks.Single();
        Assert.Equal(expected, stack.Outputs.Single(output => output.OutputKey == "Result").OutputValue);
    }

    [Theory]
    [InlineData("{", "Template format error: JSON not well-formed. (line 1, column 2)")]
    [InlineData("""{"Resources":{}}""", "Template format error: At least one Resources member must be defined.")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::Nope::Nope"}}}""", "Template format error: Unrecognized resource types: [AWS::Nope::Nope]")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":{"Ref":"B"}}}}}""",
        "Template format error: Unresolved resource dependencies [B] in the Resources block of the template")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::SNS::Topic","DependsOn":"B"},"B":{"Type":"AWS::SNS::Topic","DependsOn":"A"}}}""",
        "Circular dependency between resources: [A, B]")]
    [InlineData("""{"Parameters":{"P":{"Type":"String"}},"Resources":{"A":{"Type":"AWS::SNS::Topic"}}}""", "Parameters: [P] must have values")]
    [InlineData("""{"Resources":{"A":{"Type":"AWS::SNS::Topic"}},"Outputs":{"O":{"Value":{"Fn::GetAtt":["A","Nope"]}}}}""",
        "Template error: resource A does not support attribute type Nope in Fn::GetAtt")]
    [InlineData("""{"Parameters":{"P":{"Type":"String","Default":"x","AllowedValues":["a"]}},"Resources":{"A":{"Type":"AWS::SNS::Topic"}}}""",
        "Parameter 'P' must be one of AllowedValues")]
    public async Task What_is_wrong_is_said_before_anything_starts(string template, string message)
    {
        await using var host = await AwsHost.StartAsync();

        var error = await Assert.ThrowsAsync<AmazonCloudFormationException>(() =>
            host.Stacks.CreateStackAsync(new CreateStackRequest { StackName = "test", TemplateBody = template }, Cancellation));

        Assert.Equal(("ValidationError", message), (error.ErrorCode, error.Message));
    }

    [Fact]
    public async Task A_body_over_51200_bytes_is_refused()
    {
        await using var host = await AwsHost.StartAsync();
        var template = """{"Description":"LONG","Resources":{"A":{"Type":"AWS::SNS::Topic"}}}""".Replace(
            "LONG", new string('x', 51_200), StringComparison.Ordinal);

        var error = await Assert.ThrowsAsync<AmazonCloudFormationException>(() =>
            host.Stacks.CreateStackAsync(new CreateStackRequest { StackName = "test", TemplateBody = template }, Cancellation));

        Assert.EndsWith("Member must have length less than or equal to 51200", error.Message);
    }

    [Fact]
    public async Task A_larger_one_comes_from_a_bucket_however_it_was_uploaded()
    {
        await using var host = await AwsHost.StartAsync();
        host.Aws.SeedBucket("acme-barcelona");
        using var handler = new SocketsHttpHandler();
        using var http = new HttpClient(handler) { BaseAddress = new Uri(host.Url) };
        const string Body = """{"Resources":{"A":{"Type":"AWS::SNS::Topic"}}}""";
        using var chunked = new StringContent($"{Body.Length:x};chunk-signature=0\r\n{Body}\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
        chunked.Headers.Add("x-amz-decoded-content-length", "46");
        (await http.PutAsync(new Uri("acme-barcelona/stack_templates/test.json", UriKind.Relative), chunked, Cancellation)).EnsureSuccessStatusCode();

        await host.Stacks.CreateStackAsync(
            new CreateStackRequest { StackName = "test", TemplateURL = $"{host.Url}/acme-barcelona/stack_templates/test.json" }, Cancellation);

        var template = await host.Stacks.GetTemplateAsync(new GetTemplateRequest { StackName = "test" }, Cancellation);
        Assert.Equal(Body, template.TemplateBody);
    }

    [Fact]
    public async Task A_secret_parameter_is_masked_and_can_be_kept()
    {
        await using var host = await AwsHost.StartAsync();
        const string Template =
            """
            {"Parameters":{"Key":{"Type":"String","NoEcho":true}},
             "Resources":{"A":{"Type":"AWS::SNS::Topic","Properties":{"DisplayName":{"Ref":"Key"}}}}}
            """;
        await host.Stacks.CreateStackAsync(
            new CreateStackRequest
            {
                StackName = "test",
                TemplateBody = Template,
                Parameters = [new Parameter { ParameterKey = "Key", ParameterValue = "hush" }]
            }, Cancellation);
        host.Pass(seconds: 30);

        var stack = (await host.Stacks.DescribeStacksAsync(new DescribeStacksRequest { StackName = "test" }, Cancellation)).Stacks.Single();
        Assert.Equal("****", stack.Parameters.Single().ParameterValue);
        var error = await Assert.ThrowsAsync<AmazonCloudFormationException>(() => host.Stacks.UpdateStackAsync(
            new UpdateStackRequest
            {
                StackName = "test",
                UsePreviousTemplate = true,
                Parameters = [new Parameter { ParameterKey = "Key", UsePreviousValue = true }]
            }, Cancellation));
        Assert.Equal("No updates are to be performed.", error.Message);
    }

    [Fact]
    public async Task A_change_set_says_what_would_be_replaced()
    {
        await using var host = await AwsHost.StartAsync();
        var definition = await StackLifeCycleTests.CreatedAsync(host);
        var template = WorkerStack.Template().Replace("\"Cluster\":\"default\"", "\"Cluster\":\"other\"", StringComparison.Ordinal);

        await host.Stacks.CreateChangeSetAsync(new CreateChangeSetRequest
        {
            StackName = WorkerStack.Name,
            ChangeSetName = "look",
            TemplateBody = template,
            Capabilities = ["CAPABILITY_IAM"],
            Parameters = [new Parameter { ParameterKey = "TaskDefinition", ParameterValue = definition }],
        }, Cancellation);
        var described = await host.Stacks
            .DescribeChangeSetAsync(new DescribeChangeSetRequest { StackName = WorkerStack.Name, ChangeSetName = "look" }, Cancellation);

        var change = Assert.Single(described.Changes).ResourceChange;
        Assert.Equal(("Modify", "Service", "True"), (change.Action.Value, change.LogicalResourceId, change.Replacement.Value));
        Assert.Equal(("Cluster", "Always"), (change.Details.Single().Target.Name, change.Details.Single().Target.RequiresRecreation.Value));
        Assert.Equal(StackStatus.CREATE_COMPLETE, (await WorkerStack.DescribeAsync(host, Cancellation)).StackStatus);
    }

    private static Task<CreateStackResponse> CreateAsync(AwsHost host, string template) => host.Stacks.CreateStackAsync(
        new CreateStackRequest
        {
            StackName = "test",
            TemplateBody = template,
            Parameters = [new Parameter { ParameterKey = "Name", ParameterValue = "shop" }]
        }, Cancellation);
}
