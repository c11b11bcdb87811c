using System.Text.Json.Nodes;
using Barcelona.GitOps.Sandbox.Aws.Wire;

namespace Barcelona.GitOps.Sandbox.Aws.Secrets;

/// <summary>Secrets Manager, API version 2017-10-17.</summary>
internal static class SecretApi
{
    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["CreateSecret"] = Create,
        ["PutSecretValue"] = Put,
        ["UpdateSecretVersionStage"] = MoveStage,
        ["GetSecretValue"] = GetValue,
        ["DescribeSecret"] = Describe,
        ["ListSecrets"] = List,
        ["ListSecretVersionIds"] = ListVersions,
        ["DeleteSecret"] = Delete,
        ["RestoreSecret"] = Restore,
        ["TagResource"] = Tag,
    };

    private static JsonObject Create(AwsRegion region, JsonObject request)
    {
        var secret = region.Secrets.Create(region, request.Text("Name") ?? "");
        secret.Description = request.Text("Description");
        secret.Tags = [.. request.Objects("Tags").Select(tag => tag.Copy())];
        var answer = Id(secret);
        if (request.ContainsKey("SecretString") || request.ContainsKey("SecretBinary"))
            answer["VersionId"] = SecretStore.Put(secret, Version(region, request), []).Id;
        return answer;
    }

    private static JsonObject Put(AwsRegion region, JsonObject request)
    {
        var secret = Usable(region, request);
        var version = SecretStore.Put(secret, Version(region, request), [.. request.Texts("VersionStages")]);
        var answer = Id(secret);
        answer["VersionId"] = version.Id;
        answer["VersionStages"] = version.Stages.ToJsonArray();
        return answer;
    }

    private static JsonObject MoveStage(AwsRegion region, JsonObject request)
    {
        var secret = Usable(region, request);
        var to = request.Text("MoveToVersionId") is { } id
            ? secret.Versions.Find(version => version.Id == id) ?? throw NoVersion()
            : null;
        SecretStore.Move(secret, request.Text("VersionStage") ?? "", to);
        return Id(secret);
    }

    private static JsonObject GetValue(AwsRegion region, JsonObject request)
    {
        var secret = Usable(region, request);
        var stage = request.Text("VersionStage");
        var version = request.Text("VersionId") is { } id ? secret.Versions.Find(version => version.Id == id) : secret.Staged(stage ?? "AWSCURRENT");
        if (version is null)
            throw new AwsErrorException(
                "ResourceNotFoundException", $"Secrets Manager can't find the specified secret value for staging label: {stage ?? "AWSCURRENT"}");
        var answer = Id(secret);
        answer["VersionId"] = version.Id;
        answer["SecretString"] = version.Text;
        answer["SecretBinary"] = version.Binary;
        answer["VersionStages"] = version.Stages.ToJsonArray();
        answer["CreatedDate"] = version.CreatedAt.Seconds();
        return answer;
    }

    private static JsonObject Describe(AwsRegion region, JsonObject request) =>
        Entry(region.Secrets.Get(request.Text("SecretId")), "VersionIdsToStages");

    private static JsonObject List(AwsRegion region, JsonObject request)
    {
        var found = region.Secrets.All.Where(secret => secret.DeletedAt is null && request.Objects("Filters").All(filter => Fits(filter, secret)));
        return Pages.Cut(
            request, [.. found.Select(secret => Entry(secret, "SecretVersionsToStages"))], "SecretList", request.Number("MaxResults") ?? 100);
    }

    private static JsonObject ListVersions(AwsRegion region, JsonObject request)
    {
        var secret = region.Secrets.Get(request.Text("SecretId"));
        var answer = Id(secret);
        answer["Versions"] = secret.Versions.Where(version => version.Stages.Count > 0 || request.Flag("IncludeDeprecated"))
            .Select(version => new JsonObject
            {
                ["VersionId"] = version.Id,
                ["VersionStages"] = version.Stages.ToJsonArray(),
                ["CreatedDate"] = version.CreatedAt.Seconds(),
            }).ToJsonArray();
        return answer;
    }

    private static JsonObject Delete(AwsRegion region, JsonObject request)
    {
        var secret = region.Secrets.Get(request.Text("SecretId"));
        if (request.Flag("ForceDeleteWithoutRecovery")) region.Secrets.All.Remove(secret);
        else secret.DeletedAt = region.Now + TimeSpan.FromDays(request.Number("RecoveryWindowInDays") ?? 30);
        var answer = Id(secret);
        answer["DeletionDate"] = (secret.DeletedAt ?? region.Now).Seconds();
        return answer;
    }

    private static JsonObject Restore(AwsRegion region, JsonObject request)
    {
        var secret = region.Secrets.Get(request.Text("SecretId"));
        secret.DeletedAt = null;
        return Id(secret);
    }

    private static JsonObject Tag(AwsRegion region, JsonObject request)
    {
        var secret = region.Secrets.Get(request.Text("SecretId"));
        foreach (var tag in request.Objects("Tags"))
        {
            secret.Tags.RemoveAll(known => known.Text("Key") == tag.Text("Key"));
            secret.Tags.Add(tag.Copy());
        }
        return [];
    }

    private static StoredSecret Usable(AwsRegion region, JsonObject request)
    {
        var secret = region.Secrets.Get(request.Text("SecretId"));
        return secret.DeletedAt is null
            ? secret
            : throw new AwsErrorException(
                "InvalidRequestException", "You can't perform this operation on the secret because it was marked for deletion.");
    }

    private static SecretVersion Version(AwsRegion region, JsonObject request) =>
        new(request.Text("ClientRequestToken") ?? Guid.NewGuid().ToString(), region.Now)
        {
            Text = request.Text("SecretString"),
            Binary = request.Text("SecretBinary"),
        };

    private static bool Fits(JsonObject filter, StoredSecret secret) => filter.Text("Key") switch
    {
        "name" => filter.Texts("Values").Any(value => secret.Name.StartsWith(value, StringComparison.Ordinal)),
        "tag-key" => filter.Texts("Values").Any(value => secret.Tags.Exists(tag => tag.Text("Key") == value)),
        "tag-value" => filter.Texts("Values").Any(value => secret.Tags.Exists(tag => tag.Text("Value") == value)),
        _ => filter.Texts("Values").Any(value => secret.Name.Contains(value, StringComparison.OrdinalIgnoreCase)),
    };

    private static JsonObject Entry(StoredSecret secret, string versions)
    {
        var answer = Id(secret);
        answer["Description"] = secret.Description;
        answer["CreatedDate"] = secret.CreatedAt.Seconds();
        answer["LastChangedDate"] = secret.ChangedAt.Seconds();
        answer["DeletedDate"] = secret.DeletedAt?.Seconds();
        answer["Tags"] = secret.Tags.Select(tag => tag.Copy()).ToJsonArray();
        answer[versions] = new JsonObject(secret.Versions.Where(version => version.Stages.Count > 0)
            .Select(version => KeyValuePair.Create(version.Id, (JsonNode?)version.Stages.ToJsonArray())));
        return answer;
    }

    private static JsonObject Id(StoredSecret secret) => new() { ["ARN"] = secret.Arn, ["Name"] = secret.Name };

    private static AwsErrorException NoVersion() => new("ResourceNotFoundException", "Secrets Manager can't find the specified secret version.");
}
