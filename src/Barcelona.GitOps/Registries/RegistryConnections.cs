using System.Net;
using System.Net.Sockets;
using Barcelona.GitOps.Core.Templates.Tasks;

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

        // What is connected to is what was looked at: a name may stand for something else the next moment.
        var found = await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = addresses.IsNamed(host, port) || IsOfAmazon(host, port) || IsProxy(context) ? found : [.. found.Where(PublicInternet.Has)];
        if (allowed.Length == 0)
        {
            throw new RegistryUnavailableException(
                $"{host}:{port} is not in the public internet, and no {RegistryOptions.Section}__{nameof(RegistryOptions.Host)} names it", null);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Nobody else makes these names stand for something, and in a VPC with an endpoint for ECR they stand for private addresses.
    /// https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    /// </summary>
    private static bool IsOfAmazon(string host, int port) => port == Https && ImageName.Parse($"{host}/any").Ecr is not null;

    /// <summary>Whoever runs the service chose it, and it decides where it goes.</summary>
    private static bool IsProxy(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage is { } request
        && (request.Method == HttpMethod.Connect || request.RequestUri?.IdnHost != context.DnsEndPoint.Host
            || request.RequestUri.Port != context.DnsEndPoint.Port);
}
