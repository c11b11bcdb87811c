using Amazon.SecurityToken.Model;

namespace Barcelona.GitOps.Aws;

/// <summary>Whether AWS answers to our own credentials; for <c>/readyz</c>.</summary>
public sealed class AwsHealth(AwsSessions sessions)
{
    /// <returns>The ARN that we are.</returns>
    /// <exception cref="AwsUnavailableException">AWS does not answer.</exception>
    public async Task<string> PingAsync(CancellationToken cancellationToken)
    {
        var tokens = sessions.Tokens();
        var identity = await tokens.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken).Translated(cancellationToken);
        return identity.Arn;
    }
}
