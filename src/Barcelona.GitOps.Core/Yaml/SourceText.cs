using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Yaml;

/// <summary>From bytes to text: size, encoding and characters.</summary>
internal static class SourceText
{
    // YAML 1.2, section 5.1: what is not printable. Tab, line feed and carriage return are.
    private static readonly SearchValues<char> NotAllowed = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Where(c => c is < 0x20 and not (0x09 or 0x0A or 0x0D) or >= 0x7F and not 0x85).Select(c => (char)c), '\uFEFF',
            '\uFFFE', '\uFFFF']);

    /// <summary>Null: the file cannot be read, and the log says why.</summary>
    public static string? Decode(string file, ReadOnlyMemory<byte> utf8, DiagnosticLog log)
    {
        if (utf8.Length > YamlLimits.MaxBytes)
        {
            log.Add(FileDiagnostics.TooLarge(file, utf8.Length, YamlLimits.MaxBytes));
            return null;
        }

        var bytes = utf8.Span;
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            log.Add(FileDiagnostics.ByteOrderMark(SourceSpan.StartOf(file)));
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        var characters = new char[bytes.Length];
        var status = Utf8.ToUtf16(bytes, characters, out var read, out var written, replaceInvalidSequences: false);
        var text = new string(characters, 0, written);
        if (status != OperationStatus.Done)
        {
            log.Add(FileDiagnostics.NotUtf8(
                PlaceOf(file, text, text.Length), IsUtf16(bytes) ? "It looks like UTF-16: save it as UTF-8." : $"The byte is 0x{bytes[read]:X2}."));
            return null;
        }

        var wrong = text.AsSpan().IndexOfAny(NotAllowed);
        if (wrong >= 0)
        {
            log.Add(FileDiagnostics.ControlCharacter(PlaceOf(file, text, wrong), text[wrong]));
            return null;
        }

        return text;
    }

    private static bool IsUtf16(ReadOnlySpan<byte> bytes) => bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..];

    private static SourceSpan PlaceOf(string file, string text, int index)
    {
        var before = text.AsSpan(0, index);
        var line = before.Count('\n') + 1;
        var column = index - (before.LastIndexOf('\n') + 1) + 1;
        return new(file, line, column, line, column + 1);
    }
}
