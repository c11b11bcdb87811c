using System.Text;
using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Districts;

/// <summary>Templates that are too large for a request go by way of a bucket.</summary>
public sealed class LargeTemplateScenarios : DistrictScenario
{
    private const string Stack = "barcelona-default", Bootstrap = "barcelona-templates-123456789012-ap-northeast-1";

    private const int MaxBodyBytes = 51_200;

    [Fact]
    public async Task The_first_one_goes_through_a_private_bucket_made_for_it_and_the_next_through_the_districts_own()
    {
        var made = await PushDistrictsAsync(("default", WithTeams(40)));

        Assert.Equal(("success", ""), (DistrictCheck(made).Conclusion, Errors(DistrictCheck(made))));
        var created = await UploadedAsync("CreateStack");
        Assert.Contains($"/{Bootstrap}/stack_templates/{Stack}/", created, StringComparison.Ordinal);
        Assert.Single(Stage.Aws.Calls.Of("s3", "PutBucket"), c => c.StatusCode == 200);
        Assert.Contains("AES256", Setting("PutBucketEncryption"), StringComparison.Ordinal);
        var blocked = Setting("PutBucketPublicAccessBlock");
        Assert.All(
            ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"],
            s => Assert.Contains($"<{s}>true</{s}>", blocked, StringComparison.Ordinal));
        Assert.Contains("<Days>90</Days>", Setting("PutBucketLifecycle"), StringComparison.Ordinal);
        var policy = JsonNode.Parse(Setting("PutBucketPolicy"))?["Statement"]?[0];
        Assert.Equal(("Deny", "*", "s3:*"), ((string?)policy?["Effect"], (string?)policy?["Principal"], (string?)policy?["Action"]));
        Assert.Equal("false", (string?)policy?["Condition"]?["Bool"]?["aws:SecureTransport"]);
        Assert.Equal([$"arn:aws:s3:::{Bootstrap}", $"arn:aws:s3:::{Bootstrap}/*"], policy?["Resource"]?.AsArray().Select(r => (string?)r) ?? []);

        var changed = await PushDistrictsAsync(("default", WithTeams(41)));

        Assert.Equal(("success", ""), (DistrictCheck(changed).Conclusion, Errors(DistrictCheck(changed))));
        Assert.DoesNotContain(Bootstrap, await UploadedAsync("UpdateStack"), StringComparison.Ordinal);
        Assert.Single(Stage.Aws.Calls.Of("s3", "PutBucket"), c => c.StatusCode == 200);
    }

    [Fact]
    public async Task Two_districts_that_begin_at_once_share_it()
    {
        var text = WithTeams(40);

        var sha = await PushDistrictsAsync(("default", text), ("other", text.Replace("10.1.", "10.2.", StringComparison.Ordinal)));

        Assert.Equal(("success", "success"), (DistrictCheck(sha).Conclusion, DistrictCheck(sha, "other").Conclusion));
        Assert.Single(Stage.Aws.Calls.Of("s3", "PutBucket"), c => c.StatusCode == 200);
    }

    private static string WithTeams(int count) =>
        DistrictTexts.Made + "bastion: true\nteams:\n" + string.Concat(Enumerable.Range(0, count).Select(n => $"  acme/team-{n}: deploy\n"));

    private string Setting(string operation) => (string?)Assert.Single(Stage.Aws.Calls.Of("s3", operation)).Request["Body"] ?? "";

    /// <summary>Where the district's newest template was put; the bucket must hold it under the name of its content.</summary>
    private async Task<string> UploadedAsync(string operation)
    {
        var call = Stage.Aws.Calls.Of("cloudformation", operation).Last(c => NameOf(c) == Stack);
        Assert.Null((string?)call.Request["TemplateBody"]);
        var url = (string?)call.Request["TemplateURL"] ?? "";
        var http = Stage.Services.GetRequiredService<IHttpClientFactory>().CreateClient("somebody");
        var held = await http.GetStringAsync(new Uri(url), Stop);
        Assert.True(Encoding.UTF8.GetByteCount(held) > MaxBodyBytes);
        Assert.EndsWith($"/{Fingerprint.OfContent(held)}.template", url, StringComparison.Ordinal);
        return url;
    }
}
