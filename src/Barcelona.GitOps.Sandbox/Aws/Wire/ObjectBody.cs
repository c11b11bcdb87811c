using System.Globalization;
using System.Text;

namespace Barcelona.GitOps.Sandbox.Aws.Wire;

/// <summary>
/// The body of an S3 upload. SDKs send it as <c>aws-chunked</c>: hexadecimal length, extensions, data, and trailers with a checksum after an
/// empty chunk. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
/// </summary>
internal static class ObjectBody
{
    public static async Task<string> ReadAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        var isChunked = request.Headers.ContainsKey("x-amz-decoded-content-length");
        return Encoding.UTF8.GetString(isChunked ? Decode(buffer.ToArray()) : buffer.ToArray());
    }

    private static byte[] Decode(byte[] body)
    {
        var data = new List<byte>(body.Length);
        var at = 0;
        while (Line(body, ref at) is { Length: > 0 } line && Length(line) is > 0 and var length && at + length <= body.Length)
        {
            data.AddRange(body.AsSpan(at, length));
            at += length + 2;
        }
        return [.. data];
    }

    private static int Length(string line) =>
        int.TryParse(line.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length) ? length : 0;

    private static string Line(byte[] body, ref int at)
    {
        var end = body.AsSpan(at).IndexOf("\r\n"u8);
        if (end < 0) return "";
        var line = Encoding.ASCII.GetString(body, at, end);
        at += end + 2;
        return line;
    }
}
