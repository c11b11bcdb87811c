using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Aws;

/// <summary>Credentials of a district's role. The base class renews them before they expire, once for all who wait.</summary>
internal sealed class AssumedRoleCredentials(IAmazonSecurityTokenService sts, AssumedRole role, SessionPurpose purpose) : RefreshingAWSCredentials
{
    // The shortest that STS gives: a leaked session is soon worthless, and a run lasts seconds.
    private const int DurationSeconds = 900;

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var response = await sts.AssumeRoleAsync(new AssumeRoleRequest
        {
            RoleArn = role.Arn,
            ExternalId = role.ExternalId,
            RoleSessionName = purpose.SessionName,
            Tags = purpose.SessionTags,
            DurationSeconds = DurationSeconds,
        });
        var credentials = response.Credentials;
        return new CredentialsRefreshState(
            new ImmutableCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken),
            credentials.Expiration ?? throw new AmazonClientException("STS gave credentials without an expiration."));
    }
}
