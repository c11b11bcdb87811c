using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Images;
using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Registries;

namespace Barcelona.GitOps.Reconciliation.Images;

/// <summary>With what a registry is asked.</summary>
/// <param name="Login">Null: as anybody, unless something is wrong.</param>
/// <param name="Missing">The secret that there should be and that cannot be used; null: all is well.</param>
public sealed record LoginReading(RegistryLogin? Login, string? Missing);

/// <summary>
/// Finds the credentials of a registry: ECR's from the district's role, others from what the district's file names, for ECS pulls with just
/// those; else what the service's own settings have.
/// </summary>
public sealed class RegistryLogins(RegistrySecretReader secrets, RegistryAddresses addresses, AwsSessions sessions)
{
    public async Task<LoginReading> FindAsync(AwsSession session, string image, CancellationToken cancellationToken)
    {
        var name = ImageName.Parse(image);
        if (RegistryCredentials.PathOf(session.District, image) is { } path)
        {
            return await ReadAsync(session, RegistryCredentials.NameOf(session.District, path), cancellationToken);
        }

        if (name.Ecr is { } ecr)
        {
            return new(await session.Ecr.GetAuthorizationTokenAsync(ecr.Region, cancellationToken), null);
        }

        // The district's role reads the district's secrets and no others.
        return addresses.Of(name.Registry).SecretArn is { } arn
            ? await ReadAsync(sessions.Own(session.District with { Region = arn.Split(':')[3] }), arn, cancellationToken)
            : new(null, null);
    }

    private async Task<LoginReading> ReadAsync(AwsSession session, string id, CancellationToken cancellationToken) =>
        await secrets.ReadAsync(session, id, cancellationToken) is { } login ? new(login, null) : new(null, $"the secret '{id}'");
}
