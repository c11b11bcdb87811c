using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Core.Templates.Districts;

/// <summary>The district's bucket: access logs of its load balancers and large templates. It stays when the district goes.</summary>
internal static class BucketResources
{
    private const string Bucket = "Bucket";

    private const int DaysOfLogs = 365, DaysOfTemplates = 90, DaysOfOldVersions = 90, DaysOfUnfinishedUploads = 7;

    public static TemplatePart Of(DistrictContext context) => context.District.ExistingBucket is not null ? TemplatePart.Nothing : new()
    {
        Resources =
        [
            new(Bucket, Kept(Cfn.Resource("AWS::S3::Bucket", Properties()))),
            new("BucketPolicy", Kept(Cfn.Resource("AWS::S3::BucketPolicy", new()
            {
                ["Bucket"] = Cfn.Ref(Bucket),
                ["PolicyDocument"] = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(OnlyEncrypted(), AccessLogs()) },
            }))),
        ],
        Outputs = [new(DistrictStackKeys.BucketOutput, Cfn.Ref(Bucket))],
    };

    /// <summary>Not when the stack's very creation fails: an empty bucket of each attempt would stay behind.</summary>
    private static JsonObject Kept(JsonObject resource)
    {
        resource["DeletionPolicy"] = "RetainExceptOnCreate";
        resource["UpdateReplacePolicy"] = "Retain";
        return resource;
    }

    private static JsonObject Properties() => new()
    {
        // Load balancers write their logs to buckets that S3 itself encrypts, and to no others.
        ["BucketEncryption"] = new JsonObject
        {
            ["ServerSideEncryptionConfiguration"] = new JsonArray(new JsonObject
            {
                ["ServerSideEncryptionByDefault"] = new JsonObject { ["SSEAlgorithm"] = "AES256" },
            }),
        },
        ["VersioningConfiguration"] = new JsonObject { ["Status"] = "Enabled" },
        ["OwnershipControls"] = new JsonObject { ["Rules"] = new JsonArray(new JsonObject { ["ObjectOwnership"] = "BucketOwnerEnforced" }) },
        ["PublicAccessBlockConfiguration"] = new JsonObject
        {
            ["BlockPublicAcls"] = true,
            ["BlockPublicPolicy"] = true,
            ["IgnorePublicAcls"] = true,
            ["RestrictPublicBuckets"] = true,
        },
        ["LifecycleConfiguration"] = new JsonObject
        {
            ["Rules"] = new JsonArray(
                Rule("AccessLogs", new() { ["Prefix"] = "elb_logs/", ["ExpirationInDays"] = DaysOfLogs }),
                Rule("Templates", new() { ["Prefix"] = "stack_templates/", ["ExpirationInDays"] = DaysOfTemplates }),
                Rule("OldVersions", new()
                {
                    ["NoncurrentVersionExpiration"] = new JsonObject { ["NoncurrentDays"] = DaysOfOldVersions },
                    ["ExpiredObjectDeleteMarker"] = true,
                }),
                Rule("UnfinishedUploads", new()
                {
                    ["AbortIncompleteMultipartUpload"] = new JsonObject { ["DaysAfterInitiation"] = DaysOfUnfinishedUploads },
                })),
        },
    };

    private static JsonObject Rule(string id, JsonObject rule)
    {
        rule["Id"] = id;
        rule["Status"] = "Enabled";
        return rule;
    }

    private static JsonObject OnlyEncrypted() => new()
    {
        ["Sid"] = "OnlyEncrypted",
        ["Effect"] = "Deny",
        ["Principal"] = "*",
        ["Action"] = "s3:*",
        ["Resource"] = new JsonArray(Cfn.GetAtt(Bucket, "Arn"), Cfn.Sub($"${{{Bucket}.Arn}}/*")),
        ["Condition"] = new JsonObject { ["Bool"] = new JsonObject { ["aws:SecureTransport"] = "false" } },
    };

    /// <summary>https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html</summary>
    private static JsonObject AccessLogs() => new()
    {
        ["Sid"] = "AccessLogs",
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["Service"] = "logdelivery.elasticloadbalancing.amazonaws.com" },
        ["Action"] = "s3:PutObject",
        ["Resource"] = Cfn.Sub($"${{{Bucket}.Arn}}/elb_logs/*/AWSLogs/${{AWS::AccountId}}/*"),
        ["Condition"] = new JsonObject
        {
            ["ArnLike"] = new JsonObject
            {
                ["aws:SourceArn"] =
                    Cfn.Sub("arn:${AWS::Partition}:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:loadbalancer/*"),
            },
        },
    };
}
