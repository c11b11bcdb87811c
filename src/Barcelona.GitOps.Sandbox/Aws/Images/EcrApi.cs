using System.Text;
using System.Text.Json.Nodes;

namespace Barcelona.GitOps.Sandbox.Aws.Images;

/// <summary>ECR, API version 2015-09-21: how its registries are asked. What is in them is the sandbox's registry's affair.</summary>
internal static class EcrApi
{
    public const string Username = "AWS";

    public const string Password = "sandbox-registry-token";

    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["GetAuthorizationToken"] = GetAuthorizationToken,
    };

    private static JsonObject GetAuthorizationToken(AwsRegion region, JsonObject request) => new()
    {
        ["authorizationData"] = new JsonArray(new JsonObject
        {
            ["authorizationToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}")),
            ["expiresAt"] = region.Now.AddHours(12).ToUnixTimeSeconds(),
            ["proxyEndpoint"] = $"https://{region.AccountId}.dkr.ecr.{region.Name}.amazonaws.com",
        }),
    };
}
