using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Barcelona.GitOps.Bench.Load;

/// <summary>One connection, over which one signed push after the other is sent.</summary>
internal sealed class LoadConnection : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray(), EndOfChunks = "\r\n0\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly string _head;
    private readonly byte[] _answer = new byte[4096];

    private LoadConnection(Uri url) => _head = $"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n"
        + "Content-Type: application/json\r\nUser-Agent: GitHub-Hookshot/bench\r\nX-GitHub-Event: push\r\n";

    public List<long> Ticks { get; } = new(100_000);

    /// <summary>How many answers were not 2xx.</summary>
    public int Refused { get; private set; }

    public static async Task<LoadConnection> OpenAsync(Uri url)
    {
        var connection = new LoadConnection(url);
        await connection._socket.ConnectAsync(url.Host, url.Port);
        return connection;
    }

    /// <summary>The same push over and over. It is written once and only its delivery id changes, to leave the processor to the server.</summary>
    public async Task SendAsync(SignedRequest push, CancellationToken until)
    {
        var (request, idAt) = Write(push);
        while (!until.IsCancellationRequested)
        {
            Encoding.ASCII.GetBytes(Guid.NewGuid().ToString(), request.AsSpan(idAt));
            var started = Stopwatch.GetTimestamp();
            await SendAsync(request);
            Ticks.Add(Stopwatch.GetTimestamp() - started);
        }
    }

    /// <summary>Ends with the answer.</summary>
    public Task SendOnceAsync(SignedRequest push) => SendAsync(Write(push).Request);

    public void Dispose() => _socket.Dispose();

    private (byte[] Request, int IdAt) Write(SignedRequest push)
    {
        var head = $"{_head}Content-Length: {push.Body.Length}\r\nX-Hub-Signature-256: {push.Signature}\r\nX-GitHub-Delivery: ";
        return ([.. Encoding.ASCII.GetBytes(head + $"{Guid.NewGuid()}\r\n\r\n"), .. push.Body], head.Length);
    }

    private async Task SendAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        await ReadAnswerAsync();
    }

    private async Task ReadAnswerAsync()
    {
        var length = 0;
        do
        {
            var read = await _socket.ReceiveAsync(_answer.AsMemory(length));
            if (read == 0)
                throw new IOException($"The server hung up after: {Encoding.ASCII.GetString(_answer, 0, length)}");

            length += read;
        }
        while (!IsWhole(_answer.AsSpan(0, length)));

        // HTTP/1.1 2xx
        if (_answer[9] != '2')
            Refused++;
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf(EndOfHead);
        if (head < 0)
            return false;

        var fields = Encoding.ASCII.GetString(answer[..head]);
        if (fields.Contains("transfer-encoding: chunked", StringComparison.OrdinalIgnoreCase))
            return answer.EndsWith(EndOfChunks);

        var at = fields.IndexOf("content-length: ", StringComparison.OrdinalIgnoreCase);
        var announced = at < 0 ? 0 : int.Parse(fields[(at + 16)..].Split('\r')[0], provider: null);
        return answer.Length >= head + EndOfHead.Length + announced;
    }
}
