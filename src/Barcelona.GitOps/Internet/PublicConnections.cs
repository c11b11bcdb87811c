using System.Net;
using System.Net.Sockets;

namespace Barcelona.GitOps.Internet;

/// <summary>
/// Connects to names that are other people's words, and must not lead into the network in which the service runs.
/// </summary>
internal static class PublicConnections
{
    /// <param name="isTrusted">Wherever it is, it may be connected to.</param>
    /// <returns>Null: the name stands for no address that anybody may reach.</returns>
    public static async ValueTask<Stream?> ConnectAsync(SocketsHttpConnectionContext context, bool isTrusted, CancellationToken cancellationToken)
    {
        // What is connected to is what was looked at: a name may stand for something else the next moment.
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = isTrusted || IsProxy(context) ? found : [.. found.Where(PublicInternet.Has)];
        if (allowed.Length == 0)
        {
            return null;
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whoever runs the service chose it, and it decides where it goes.</summary>
    private static bool IsProxy(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage is { } request
        && (request.Method == HttpMethod.Connect || request.RequestUri?.IdnHost != context.DnsEndPoint.Host
            || request.RequestUri.Port != context.DnsEndPoint.Port);
}
