using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Internet;

namespace Barcelona.GitOps.Registries;

/// <summary>
/// Connects to registries in the public internet, and to those that a setting names wherever they are. Image names, the places where tokens are
/// made and redirects are other people's words: they must not lead into the network in which the service runs.
/// </summary>
internal sealed class RegistryConnections(RegistryAddresses addresses)
{
    private const int Https = 443;

    /// <exception cref="RegistryUnavailableException">There it may not go.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        return await PublicConnections.ConnectAsync(context, addresses.IsNamed(host, port) || IsOfAmazon(host, port), cancellationToken)
            ?? throw new RegistryUnavailableException(
                $"{host}:{port} is not in the public internet, and no {RegistryOptions.Section}__{nameof(RegistryOptions.Host)} names it", null);
    }

    /// <summary>
    /// Nobody else makes these names stand for something, and in a VPC with an endpoint for ECR they stand for private addresses.
    /// https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    /// </summary>
    private static bool IsOfAmazon(string host, int port) => port == Https && ImageName.Parse($"{host}/any").Ecr is not null;
}
