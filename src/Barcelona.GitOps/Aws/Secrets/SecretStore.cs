using Amazon.SecretsManager.Model;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Aws.Secrets;

/// <summary>Secrets Manager: what barcelona.yml names by <c>secret</c>. A release pins the version that is current when it is made.</summary>
public sealed class SecretStore : IValueStore
{
    private const string Current = "AWSCURRENT";

    /// <summary>Days in which a deleted secret can be brought back: the longest that Secrets Manager offers.</summary>
    private const int RecoveryDays = 30;

    public string Key => "secret";

    public string Arrives => "the next deploy brings them this one";

    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
    public int MaxBytes => 65_536;

    public string NameOf(string district, string path) => Prefix(district) + path;

    public async Task<string> SetAsync(AwsSession session, string path, string value, CancellationToken cancellationToken)
    {
        var name = NameOf(session.District.Name, path);
        try
        {
            return await AddVersionAsync(session, name, value, cancellationToken);
        }
        catch (ResourceNotFoundException)
        {
            return await CreateAsync(session, name, value, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<StoredValue>> ListAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var prefix = Prefix(session.District.Name);
        var found = new List<StoredValue>();
        var request = new ListSecretsRequest { MaxResults = 100, Filters = [new Filter { Key = "name", Values = [prefix] }] };
        do
        {
            var page = await session.SecretsManager.ListSecretsAsync(request, cancellationToken).Translated(cancellationToken);

            // The filter does not look at case.
            found.AddRange((page.SecretList ?? []).Where(s => s.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(s => new StoredValue(
                s.Name[prefix.Length..],
                (s.SecretVersionsToStages ?? []).FirstOrDefault(v => (v.Value ?? []).Contains(Current)).Key ?? "none",
                s.LastChangedDate)));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return [.. found.OrderBy(v => v.Path, StringComparer.Ordinal)];
    }

    public async Task<DateTimeOffset?> DeleteAsync(AwsSession session, string path, CancellationToken cancellationToken)
    {
        var name = NameOf(session.District.Name, path);
        try
        {
            var deleted = await session.SecretsManager.DeleteSecretAsync(
                new DeleteSecretRequest { SecretId = name, RecoveryWindowInDays = RecoveryDays }, cancellationToken).Translated(cancellationToken);
            return deleted.DeletionDate;
        }
        catch (ResourceNotFoundException)
        {
            throw new NoSuchValueException(name);
        }
    }

    private static string Prefix(string district) => $"barcelona/{district}/";

    /// <exception cref="ResourceNotFoundException">There is no such secret.</exception>
    private static async Task<string> AddVersionAsync(AwsSession session, string name, string value, CancellationToken cancellationToken)
    {
        var known = await session.SecretsManager.DescribeSecretAsync(new DescribeSecretRequest { SecretId = name }, cancellationToken)
            .Translated(cancellationToken);
        if (known.DeletedDate is not null)
        {
            // It takes no value while it is marked for deletion.
            await session.SecretsManager.RestoreSecretAsync(new RestoreSecretRequest { SecretId = name }, cancellationToken)
                .Translated(cancellationToken);
        }

        var put = new PutSecretValueRequest { SecretId = name, SecretString = value, ClientRequestToken = Token() };
        return (await session.SecretsManager.PutSecretValueAsync(put, cancellationToken).Translated(cancellationToken)).VersionId;
    }

    private static async Task<string> CreateAsync(AwsSession session, string name, string value, CancellationToken cancellationToken)
    {
        var create = new CreateSecretRequest
        {
            Name = name,
            SecretString = value,
            ClientRequestToken = Token(),
            Tags = [new Tag { Key = StackKeys.DistrictTag, Value = session.District.Name }],
        };
        return (await session.SecretsManager.CreateSecretAsync(create, cancellationToken).Translated(cancellationToken)).VersionId;
    }

    // Becomes the version's id. The same for every try of one call, so that an answer that was lost makes no second version.
    private static string Token() => Guid.NewGuid().ToString();
}
