using Amazon.SecretsManager.Model;

namespace Barcelona.GitOps.Aws.Secrets;

/// <summary>
/// Values that the service itself works with: credentials of registries and addresses of webhooks. No other value of a secret is ever asked for.
/// </summary>
internal static class SecretValues
{
    /// <param name="id">Name or ARN, in the session's region.</param>
    /// <returns>Null: there is no such secret.</returns>
    /// <exception cref="AwsDeniedException">The credentials lack the permission.</exception>
    /// <exception cref="AwsUnavailableException">AWS does not answer.</exception>
    public static async Task<string?> FindAsync(AwsSession session, string id, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetSecretValueRequest { SecretId = id };
            return (await session.SecretsManager.GetSecretValueAsync(request, cancellationToken).Translated(cancellationToken)).SecretString ?? "";
        }
        catch (Exception e) when (e is ResourceNotFoundException or InvalidRequestException)
        {
            // InvalidRequest: it waits for its deletion.
            return null;
        }
    }
}
