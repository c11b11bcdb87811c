using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Barcelona.GitOps.Bench.Intake;

/// <summary>One connection. The request is written once and only its delivery id changes, to leave the processor to the server.</summary>
internal sealed class LoadConnection : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray(), EndOfChunks = "\r\n0\r\n\r\n"u8.ToArray();

    private readonly Socket _socket;
    private readonly byte[] _request;
    private readonly int _idAt;
    private readonly byte[] _answer = new byte[4096];

    private LoadConnection(Socket socket, byte[] request, int idAt) => (_socket, _request, _idAt) = (socket, request, idAt);

    public List<long> Ticks { get; } = new(100_000);

    /// <summary>How many answers were not 2xx.</summary>
    public int Refused { get; private set; }

    public static async Task<LoadConnection> OpenAsync(Uri url, PushTemplate push)
    {
        var head = $"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {push.Body.Length}\r\n"
            + $"User-Agent: GitHub-Hookshot/bench\r\nX-GitHub-Event: push\r\nX-Hub-Signature-256: {push.Signature}\r\nX-GitHub-Delivery: ";
        byte[] request = [.. Encoding.ASCII.GetBytes(head + $"{Guid.Empty}\r\n\r\n"), .. push.Body];
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        return new(socket, request, head.Length);
    }

    public async Task SendAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            Encoding.ASCII.GetBytes(Guid.NewGuid().ToString(), _request.AsSpan(_idAt));
            var started = Stopwatch.GetTimestamp();
            await _socket.SendAsync(_request);
            await ReadAnswerAsync();
            Ticks.Add(Stopwatch.GetTimestamp() - started);
        }
    }

    public void Dispose() => _socket.Dispose();

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
