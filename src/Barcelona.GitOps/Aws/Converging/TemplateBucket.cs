using System.Text.Json;
using Amazon;
using Amazon.S3;
using Amazon.S3.Model;

namespace Barcelona.GitOps.Aws.Converging;

/// <summary>
/// The bucket for templates of districts that have none of their own yet: one for an account and region, private, and emptied by S3.
/// </summary>
internal static class TemplateBucket
{
    private const string FirstRegion = "us-east-1";

    /// <summary>CloudFormation reads a template once, when it begins; as in a district's own bucket it is kept for people.</summary>
    private const int DaysOfTemplates = 90, DaysOfUnfinishedUploads = 7;

    public static async Task CreateAsync(AwsSession session, string bucket, CancellationToken cancellationToken)
    {
        var request = new PutBucketRequest { BucketName = bucket };
        if (session.District.Region != FirstRegion)
        {
            request.BucketRegionName = session.District.Region;
        }

        try
        {
            await session.S3.PutBucketAsync(request, cancellationToken).Translated(cancellationToken);
        }
        catch (AmazonS3Exception ours) when (ours.ErrorCode == "BucketAlreadyOwnedByYou")
        {
            // Another district of the account and region was faster.
        }

        // These two a new bucket has by itself, unless somebody has changed that for the account.
        await session.S3.PutPublicAccessBlockAsync(Blocked(bucket), cancellationToken).Translated(cancellationToken);
        await session.S3.PutBucketEncryptionAsync(Encrypted(bucket), cancellationToken).Translated(cancellationToken);
        await session.S3.PutLifecycleConfigurationAsync(Emptied(bucket), cancellationToken).Translated(cancellationToken);
        var policy = OnlyEncrypted(bucket, RegionEndpoint.GetBySystemName(session.District.Region).PartitionName);
        await session.S3.PutBucketPolicyAsync(
            new PutBucketPolicyRequest { BucketName = bucket, Policy = policy }, cancellationToken).Translated(cancellationToken);
    }

    private static PutPublicAccessBlockRequest Blocked(string bucket) => new()
    {
        BucketName = bucket,
        PublicAccessBlockConfiguration = new()
        {
            BlockPublicAcls = true,
            BlockPublicPolicy = true,
            IgnorePublicAcls = true,
            RestrictPublicBuckets = true,
        },
    };

    private static PutBucketEncryptionRequest Encrypted(string bucket) => new()
    {
        BucketName = bucket,
        ServerSideEncryptionConfiguration = new()
        {
            ServerSideEncryptionRules =
                [new() { ServerSideEncryptionByDefault = new() { ServerSideEncryptionAlgorithm = ServerSideEncryptionMethod.AES256 } }],
        },
    };

    private static PutLifecycleConfigurationRequest Emptied(string bucket) => new()
    {
        BucketName = bucket,
        Configuration = new()
        {
            Rules =
            [
                new()
                {
                    Id = "Templates",
                    Status = LifecycleRuleStatus.Enabled,
                    Filter = new() { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = "" } },
                    Expiration = new() { Days = DaysOfTemplates },
                    AbortIncompleteMultipartUpload = new() { DaysAfterInitiation = DaysOfUnfinishedUploads },
                },
            ],
        },
    };

    private static string OnlyEncrypted(string bucket, string partition)
    {
        var arn = $"arn:{partition}:s3:::{bucket}";
        return JsonSerializer.Serialize(new
        {
            Version = "2012-10-17",
            Statement = new[]
            {
                new
                {
                    Sid = "OnlyEncrypted",
                    Effect = "Deny",
                    Principal = "*",
                    Action = "s3:*",
                    Resource = new[] { arn, $"{arn}/*" },
                    Condition = new { Bool = new Dictionary<string, string> { ["aws:SecureTransport"] = "false" } },
                },
            },
        });
    }
}
