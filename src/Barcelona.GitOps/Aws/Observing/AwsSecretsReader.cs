using System.Collections.Immutable;
using Amazon.SecretsManager.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Barcelona.GitOps.Core.Templates;
using ResourceNotFoundException = Amazon.SecretsManager.Model.ResourceNotFoundException;

namespace Barcelona.GitOps.Aws.Observing;

/// <param name="Found">By path as asked.</param>
/// <param name="Missing">Paths without a secret, or whose secret has no current version or is scheduled for deletion.</param>
public sealed record SecretLookup(ImmutableSortedDictionary<string, ResolvedSecret> Found, ImmutableArray<string> Missing);

/// <summary>Finds out which secrets and parameters exist. Descriptions only: no value is ever asked for.</summary>
public sealed class AwsSecretsReader
{
    private const string Current = "AWSCURRENT";

    // Limit of one filter: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html
    private const int NamesPerCall = 50;

    /// <param name="paths">As in the file, without <c>#field</c>: <c>shop/key</c> is <c>barcelona/&lt;district&gt;/shop/key</c>.</param>
    public async Task<SecretLookup> FindSecretsAsync(AwsSession session, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, ResolvedSecret>(StringComparer.Ordinal);
        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (var path in paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (await FindSecretAsync(session, $"barcelona/{session.District.Name}/{path}", cancellationToken) is { } secret)
            {
                found.Add(path, secret);
            }
            else
            {
                missing.Add(path);
            }
        }

        return new SecretLookup(found.ToImmutable(), missing.ToImmutable());
    }

    /// <param name="names">Full names of SSM parameters: <c>/barcelona/default/sinatra/database_url</c>.</param>
    /// <returns>Those that do not exist.</returns>
    public async Task<ImmutableArray<string>> FindMissingParametersAsync(
        AwsSession session, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var missing = new SortedSet<string>(names, StringComparer.Ordinal);
        foreach (var batch in names.Distinct(StringComparer.Ordinal).Chunk(NamesPerCall))
        {
            var request = new DescribeParametersRequest
            {
                ParameterFilters = [new ParameterStringFilter { Key = ParametersFilterKey.Name.Value, Option = "Equals", Values = [.. batch] }],
                MaxResults = NamesPerCall,
            };
            do
            {
                var response = await session.Ssm.DescribeParametersAsync(request, cancellationToken).Translated(cancellationToken);
                missing.ExceptWith((response.Parameters ?? []).Select(p => p.Name));
                request.NextToken = response.NextToken;
            }
            while (!string.IsNullOrEmpty(request.NextToken));
        }

        return [.. missing];
    }

    /// <summary>Whether a version can still be handed to a task, also one that no stage names any more.</summary>
    public async Task<bool> HasVersionAsync(AwsSession session, string arn, string versionId, CancellationToken cancellationToken)
    {
        var request = new ListSecretVersionIdsRequest { SecretId = arn, IncludeDeprecated = true };
        do
        {
            var response = await session.SecretsManager.ListSecretVersionIdsAsync(request, cancellationToken).Translated(cancellationToken);
            if ((response.Versions ?? []).Exists(v => v.VersionId == versionId))
            {
                return true;
            }

            request.NextToken = response.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return false;
    }

    private static async Task<ResolvedSecret?> FindSecretAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        try
        {
            var request = new DescribeSecretRequest { SecretId = name };
            var secret = await session.SecretsManager.DescribeSecretAsync(request, cancellationToken).Translated(cancellationToken);
            var current = (secret.VersionIdsToStages ?? []).FirstOrDefault(v => (v.Value ?? []).Contains(Current)).Key;
            return current is null || secret.DeletedDate is not null ? null : new ResolvedSecret(secret.ARN, current);
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }
}
