using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Buckets;

/// <summary>As much of S3, path-style, as templates need.</summary>
internal static class BucketApi
{
    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["PutBucket"] = PutBucket,
        ["HeadBucket"] = HeadBucket,
        ["PutBucketEncryption"] = (region, request) => PutSetting(region, request, "Encryption"),
        ["PutBucketPublicAccessBlock"] = (region, request) => PutSetting(region, request, "PublicAccessBlock"),
        ["PutBucketPolicy"] = (region, request) => PutSetting(region, request, nameof(Bucket.Policy)),
        ["PutBucketVersioning"] = (region, request) => PutSetting(region, request, "Versioning"),
        ["PutBucketLifecycle"] = (region, request) => PutSetting(region, request, "Lifecycle"),
        ["PutBucketOwnershipControls"] = (region, request) => PutSetting(region, request, "OwnershipControls"),
        ["PutBucketTagging"] = (region, request) => PutSetting(region, request, "Tagging"),
        ["GetBucketPolicy"] = GetPolicy,
        ["PutObject"] = PutObject,
        ["GetObject"] = GetObject,
        ["HeadObject"] = GetObject,
        ["DeleteObject"] = DeleteObject,
    };

    private static JsonObject PutBucket(AwsRegion region, JsonObject request)
    {
        region.Buckets.Create(Path(request).Bucket, region.Place);
        return [];
    }

    private static JsonObject HeadBucket(AwsRegion region, JsonObject request)
    {
        Existing(region, request);
        return [];
    }

    private static JsonObject PutSetting(AwsRegion region, JsonObject request, string setting)
    {
        Existing(region, request).Settings[setting] = request.Text("Body") ?? "";
        return [];
    }

    private static JsonObject GetPolicy(AwsRegion region, JsonObject request) => new()
    {
        ["Body"] = Existing(region, request).Policy
            ?? throw new AwsErrorException("NoSuchBucketPolicy", "The bucket policy does not exist", 404),
    };

    private static JsonObject PutObject(AwsRegion region, JsonObject request)
    {
        Existing(region, request).Objects[Path(request).Key] = request.Text("Body") ?? "";
        return [];
    }

    private static JsonObject GetObject(AwsRegion region, JsonObject request)
    {
        var body = Existing(region, request).Objects.GetValueOrDefault(Path(request).Key)
            ?? throw new AwsErrorException("NoSuchKey", "The specified key does not exist.", 404);
        return new JsonObject { ["Body"] = body };
    }

    private static JsonObject DeleteObject(AwsRegion region, JsonObject request)
    {
        Existing(region, request).Objects.Remove(Path(request).Key);
        return [];
    }

    private static Bucket Existing(AwsRegion region, JsonObject request)
    {
        var bucket = region.Buckets.Find(Path(request).Bucket)
            ?? throw new AwsErrorException("NoSuchBucket", "The specified bucket does not exist", 404);
        return bucket.Place.AccountId == region.AccountId ? bucket : throw new AwsErrorException("AccessDenied", "Access Denied", 403);
    }

    private static (string Bucket, string Key) Path(JsonObject request)
    {
        var parts = (request.Text("Path") ?? "").TrimStart('/').Split('/', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}
