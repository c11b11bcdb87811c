using System.Buffers;
using System.IO.Pipelines;

namespace Barcelona.GitOps.Web;

/// <summary>
/// A request's bytes in a rented buffer that grows as they arrive: what is only announced takes no memory. Nobody has proved yet that he
/// is GitHub, so only few bodies at a time may grow large, and those not for long.
/// </summary>
internal sealed class WebhookBody(TimeProvider time) : IDisposable
{
    /// <summary>GitHub sends no payload above 25 MB.</summary>
    public const int MaxLength = 25 * 1024 * 1024;

    private const int FirstLength = 16 * 1024, LargeLength = 1024 * 1024, MaxLarge = 8;

    // GitHub hangs up after ten seconds.
    private static readonly TimeSpan LargePatience = TimeSpan.FromSeconds(15);

    private static readonly SemaphoreSlim LargeBodies = new(MaxLarge, MaxLarge);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstLength);
    private int _length;
    private CancellationTokenSource? _large, _patience;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <returns>False when there is more than <see cref="MaxLength"/>; the rest is left unread.</returns>
    /// <exception cref="OperationCanceledException">Cancelled, or a large body that did not arrive in time.</exception>
    public async Task<bool> TryReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(_large?.Token ?? cancellationToken);
            var length = _length + read.Buffer.Length;
            if (length > LargeLength && length <= MaxLength && _large is null)
                await BecomeLargeAsync(cancellationToken);

            if (length <= MaxLength)
                Append(read.Buffer);

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || length > MaxLength)
                return length <= MaxLength;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
        if (_large is null)
            return;

        LargeBodies.Release();
        _large.Dispose();
        _patience?.Dispose();
    }

    private async Task BecomeLargeAsync(CancellationToken cancellationToken)
    {
        await LargeBodies.WaitAsync(cancellationToken);
        _patience = new(LargePatience, time);
        _large = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _patience.Token);
    }

    private void Append(ReadOnlySequence<byte> bytes)
    {
        var length = _length + (int)bytes.Length;
        if (length > _buffer.Length)
            Grow(Math.Max(length, Math.Min(_buffer.Length * 2, MaxLength)));

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length = length;
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
