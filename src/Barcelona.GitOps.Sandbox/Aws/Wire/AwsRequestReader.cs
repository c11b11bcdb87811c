using System.Text.Json;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>All services live on one URL, so the service is told by the target header, the form's version, or the path.</summary>
internal static class AwsRequestReader
{
    /// <summary>Target prefixes of the JSON services and form versions of the query services, as their public API models name them.</summary>
    private static readonly Dictionary<string, string> Services = new(StringComparer.Ordinal)
    {
        ["AmazonEC2ContainerServiceV20141113"] = "ecs",
        ["AmazonEC2ContainerRegistry_V20150921"] = "ecr",
        ["secretsmanager"] = "secretsmanager",
        ["Logs_20140328"] = "logs",
        ["AmazonSSM"] = "ssm",
        ["2010-05-15"] = "cloudformation",
        ["2016-11-15"] = "ec2",
        ["2015-12-01"] = "elasticloadbalancing",
        ["2011-06-15"] = "sts",
        ["2010-03-31"] = "sns",
    };

    /// <summary>Settings of a bucket, as they stand behind the question mark.</summary>
    private static readonly string[] ObjectSettings =
        ["encryption", "publicAccessBlock", "policy", "versioning", "lifecycle", "ownershipControls", "tagging", "location"];

    public static async Task<AwsRequest> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        var scope = CredentialScope.Read(request);
        var target = request.Headers["X-Amz-Target"].ToString();
        if (target.Length > 0) return await ReadJsonAsync(request, target, scope);
        if (request.HasFormContentType) return await ReadFormAsync(request, scope);
        if (request.Path.StartsWithSegments("/2013-04-01", out var zone)) return ReadDns(request, zone, scope);
        return new AwsRequest
        {
            Service = "s3",
            Operation = ObjectOperation(request),
            Protocol = WireProtocol.ObjectStore,
            Parameters = new JsonObject { ["Path"] = request.Path.Value, ["Body"] = await ObjectBody.ReadAsync(request) },
            Scope = scope,
        };
    }

    private static async Task<AwsRequest> ReadJsonAsync(HttpRequest request, string target, CredentialScope scope)
    {
        var dot = target.LastIndexOf('.');
        var body = await BodyAsync(request);
        return new AwsRequest
        {
            Service = Services.GetValueOrDefault(target[..Math.Max(dot, 0)], "unknown"),
            Operation = target[(dot + 1)..],
            Protocol = WireProtocol.Json,
            Parameters = body.Length == 0 ? [] : Parse(body),
            Scope = scope,
        };
    }

    private static async Task<AwsRequest> ReadFormAsync(HttpRequest request, CredentialScope scope)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        return new AwsRequest
        {
            Service = Services.GetValueOrDefault(form["Version"].ToString(), "unknown"),
            Operation = form["Action"].ToString(),
            Protocol = form["Version"] == "2016-11-15" ? WireProtocol.Ec2 : WireProtocol.Query,
            Parameters = QueryForm.ToJson(form.Select(field => KeyValuePair.Create(field.Key, field.Value.ToString()))),
            Scope = scope,
        };
    }

    // Route 53 has paths instead of operations: GET /2013-04-01/hostedzone/Z1.
    private static AwsRequest ReadDns(HttpRequest request, PathString path, CredentialScope scope) => new()
    {
        Service = "route53",
        Operation = HttpMethods.IsGet(request.Method) && path.StartsWithSegments("/hostedzone") ? "GetHostedZone" : "unknown",
        Protocol = WireProtocol.Dns,
        Parameters = new JsonObject { ["Id"] = (path.Value ?? "").Split('/')[^1] },
        Scope = scope,
    };

    // GetObject, PutBucket, PutBucketPolicy…: the method, whether there is a key after the bucket, and which of its settings is meant.
    private static string ObjectOperation(HttpRequest request)
    {
        var hasKey = (request.Path.Value ?? "/").Trim('/').Contains('/', StringComparison.Ordinal);
        var setting = hasKey ? "" : ObjectSettings.FirstOrDefault(request.Query.ContainsKey) ?? "";
        return request.Method[..1] + request.Method[1..].ToLowerInvariant() + (hasKey ? "Object" : "Bucket")
            + string.Concat(setting.Take(1).Select(char.ToUpperInvariant)) + string.Concat(setting.Skip(1));
    }

    private static JsonObject Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? [];
        }
        catch (JsonException e)
        {
            throw new AwsErrorException("SerializationException", e.Message);
        }
    }

    private static async Task<string> BodyAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
    }
}
