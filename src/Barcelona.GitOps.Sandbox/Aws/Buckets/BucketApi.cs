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
        ["PutObject"] = PutObject,
        ["GetObject"] = GetObject,
        ["HeadObject"] = GetObject,
        ["DeleteObject"] = DeleteObject,
    };

    private static JsonObject PutBucket(AwsRegion region, JsonObject request)
    {
        region.Buckets.Create(Path(request).Bucket);
        return [];
    }

    private static JsonObject HeadBucket(AwsRegion region, JsonObject request)
    {
        Existing(region, request);
        return [];
    }

    private static JsonObject PutObject(AwsRegion region, JsonObject request)
    {
        var (bucket, key) = Existing(region, request);
        region.Buckets.Put(bucket, key, request.Text("Body") ?? "");
        return [];
    }

    private static JsonObject GetObject(AwsRegion region, JsonObject request)
    {
        var (bucket, key) = Existing(region, request);
        var body = region.Buckets.Get(bucket, key) ?? throw new AwsErrorException("NoSuchKey", "The specified key does not exist.", 404);
        return new JsonObject { ["Body"] = body };
    }

    private static JsonObject DeleteObject(AwsRegion region, JsonObject request)
    {
        var (bucket, key) = Existing(region, request);
        region.Buckets.Remove(bucket, key);
        return [];
    }

    private static (string Bucket, string Key) Existing(AwsRegion region, JsonObject request)
    {
        var path = Path(request);
        return region.Buckets.Exists(path.Bucket) ? path : throw new AwsErrorException("NoSuchBucket", "The specified bucket does not exist", 404);
    }

    private static (string Bucket, string Key) Path(JsonObject request)
    {
        var parts = (request.Text("Path") ?? "").TrimStart('/').Split('/', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}
