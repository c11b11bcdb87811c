using Amazon.SecurityToken.Model;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Aws;

/// <summary>Which account the credentials for a district are of. Asked before anything else: all names of ours are free in a wrong account.</summary>
public sealed class AccountCheck(AwsSessions sessions)
{
    // Our own credentials are of one account for as long as the process lives.
    private volatile string? _own;

    /// <returns>The account that the credentials are of, if it is not the district's; null: all is well.</returns>
    /// <exception cref="AwsUnavailableException">AWS does not answer.</exception>
    public async Task<string?> FindOtherAsync(District district, CancellationToken cancellationToken)
    {
        var used = district.Role?.Account ?? (_own ??= await OwnAsync(district.Region, cancellationToken));
        return used == district.Account ? null : used;
    }

    private async Task<string> OwnAsync(string region, CancellationToken cancellationToken)
    {
        var identity = await sessions.Tokens(region).GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken)
            .Translated(cancellationToken);
        return identity.Account;
    }
}
