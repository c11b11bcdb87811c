using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Barcelona.GitOps.Storage.Deliveries;

/// <summary>
/// Bodies as they are stored: one byte that says how, four with the length, then the bytes. GitHub's JSON shrinks to a quarter at the
/// fastest setting, so that an ordinary push fits into a row and PostgreSQL has nothing to compress, to move out of line, or to log twice.
/// </summary>
internal static class BodyCodec
{
    private const byte Plain = 0, Brotli = 1;
    private const int HeaderLength = 5, Quality = 1, Window = 16;

    public static byte[] Encode(ReadOnlySpan<byte> body)
    {
        var scratch = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(body.Length));
        try
        {
            return BrotliEncoder.TryCompress(body, scratch, out var written, Quality, Window) && written < body.Length
                ? Frame(Brotli, scratch.AsSpan(0, written), body.Length)
                : Frame(Plain, body, body.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Encode"/> made.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> stored)
    {
        if (stored.Length < HeaderLength)
            throw new InvalidDataException("A stored delivery is cut short.");

        var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(stored[1..])];
        var content = stored[HeaderLength..];
        var whole = stored[0] switch
        {
            Plain => content.TryCopyTo(body) && content.Length == body.Length,
            Brotli => BrotliDecoder.TryDecompress(content, body, out var written) && written == body.Length,
            _ => false,
        };
        return whole ? body : throw new InvalidDataException("A stored delivery cannot be read back.");
    }

    private static byte[] Frame(byte how, ReadOnlySpan<byte> content, int length)
    {
        var stored = new byte[HeaderLength + content.Length];
        stored[0] = how;
        BinaryPrimitives.WriteInt32LittleEndian(stored.AsSpan(1), length);
        content.CopyTo(stored.AsSpan(HeaderLength));
        return stored;
    }
}
