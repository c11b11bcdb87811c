using System.Text.Json.Nodes;
using Barcelona.GitOps.Core.Templates.Districts;

namespace Barcelona.GitOps.Core.Templates.Access.Grants;

/// <summary>The district's bucket, where large templates go, and its topic, to which it publishes.</summary>
internal static class StorageGrants
{
    /// <summary>Where templates go that are too large to be sent, until the district has a bucket.</summary>
    private const string Bootstrap = "barcelona-templates-${AWS::AccountId}-";

    public static IEnumerable<JsonObject> Of(GrantScope scope)
    {
        var bucket = scope.District.ExistingBucket ?? DistrictNames.Bucket(scope.Name);
        yield return Iam.Allow(
            Iam.Actions("s3", "CreateBucket", "DeleteBucketPolicy", "GetAccelerateConfiguration", "GetAnalyticsConfiguration", "GetBucketAcl",
                "GetBucketCORS", "GetBucketLocation", "GetBucketLogging", "GetBucketMetadataTableConfiguration", "GetBucketNotification",
                "GetBucketObjectLockConfiguration", "GetBucketOwnershipControls", "GetBucketPolicy", "GetBucketPublicAccessBlock",
                "GetBucketTagging", "GetBucketVersioning", "GetBucketWebsite", "GetEncryptionConfiguration", "GetIntelligentTieringConfiguration",
                "GetInventoryConfiguration", "GetLifecycleConfiguration", "GetMetricsConfiguration", "GetReplicationConfiguration",
                "ListBucket", "PutBucketOwnershipControls", "PutBucketPolicy", "PutBucketPublicAccessBlock", "PutBucketTagging",
                "PutBucketVersioning", "PutEncryptionConfiguration", "PutLifecycleConfiguration", "TagResource", "UntagResource",
                "ListTagsForResource"),
            Bucket(DistrictNames.Bucket(scope.Name)), Bucket(Bootstrap + scope.District.Region));

        // A stack that fails as it is made takes its empty bucket along.
        yield return Iam.Allow(["s3:DeleteBucket"], Bucket(DistrictNames.Bucket(scope.Name)));
        yield return Iam.Allow(
            ["s3:GetObject", "s3:PutObject"], Bucket($"{bucket}/stack_templates/*"), Bucket($"{Bootstrap}{scope.District.Region}/stack_templates/*"));
        yield return Iam.Allow(
            Iam.Actions("sns", "CreateTopic", "DeleteTopic", "GetDataProtectionPolicy", "GetTopicAttributes", "ListSubscriptionsByTopic",
                "ListTagsForResource", "Publish", "SetTopicAttributes", "TagResource", "UntagResource"),
            scope.Arn("sns", DistrictNames.Made(scope.Name, TopicResource.Topic)));
    }

    private static JsonObject Bucket(string name) => Cfn.Sub("arn:${AWS::Partition}:s3:::" + name);
}
