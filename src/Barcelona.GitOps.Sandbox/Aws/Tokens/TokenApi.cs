using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Tokens;

/// <summary>STS. Any role may be assumed by anybody, but for the external id that it may ask for.</summary>
internal static class TokenApi
{
    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["GetCallerIdentity"] = GetCallerIdentity,
        ["AssumeRole"] = AssumeRole,
    };

    private static JsonObject GetCallerIdentity(AwsRegion region, JsonObject request) => new()
    {
        ["Arn"] = region.Sessions.Find(region.Sessions.Caller)?.Arn ?? $"arn:aws:iam::{region.AccountId}:user/sandbox",
        ["UserId"] = "AIDASANDBOXSANDBOXSAN",
        ["Account"] = region.AccountId,
    };

    private static JsonObject AssumeRole(AwsRegion region, JsonObject request)
    {
        var roleArn = request.Text("RoleArn") ?? "";
        var parts = roleArn.Split(':');
        if (parts.Length != 6 || !parts[5].StartsWith("role/", StringComparison.Ordinal)) throw AwsErrorException.Validation($"{roleArn} is invalid");
        if (!region.Sessions.Allows(roleArn, request.Text("ExternalId")))
            throw new AwsErrorException("AccessDenied",
                $"User: arn:aws:iam::{region.AccountId}:user/sandbox is not authorized to perform: sts:AssumeRole on resource: {roleArn}", 403);
        var session = request.Text("RoleSessionName") ?? "";
        var accessKey = Identifiers.AccessKey();
        var assumed = new AssumedRole(
            parts[4],
            $"arn:aws:sts::{parts[4]}:assumed-role/{roleArn.Split('/')[^1]}/{session}",
            region.Now + TimeSpan.FromSeconds(request.Number("DurationSeconds") ?? 3600))
        {
            RoleArn = roleArn,
            ExternalId = request.Text("ExternalId"),
            SessionTags = request.Objects("Tags").ToDictionary(tag => tag.Text("Key") ?? "", tag => tag.Text("Value") ?? ""),
        };
        region.Sessions.Add(accessKey, assumed);
        return new JsonObject
        {
            ["Credentials"] = new JsonObject
            {
                ["AccessKeyId"] = accessKey,
                ["SecretAccessKey"] = Identifiers.Hex(40),
                ["SessionToken"] = Identifiers.Hex(64),
                ["Expiration"] = assumed.Expires.Iso(),
            },
            ["AssumedRoleUser"] = new JsonObject { ["AssumedRoleId"] = $"AROASANDBOX:{session}", ["Arn"] = assumed.Arn },
        };
    }
}
