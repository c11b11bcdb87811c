using System.Text;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Tests.Golden;
using CsCheck;

namespace Barcelona.GitOps.Core.Tests.Manifest;

/// <summary>Promise 13: no input crashes the parser, hangs it or makes it use unbounded memory.</summary>
public sealed class ParserIsTotalTests
{
    private const int MiB = 1 << 20;

    private static readonly string[] Examples =
        [.. Directory.GetFiles(GoldenFile.Folder("cases"), "*.yml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static readonly string[] Fragments =
    [
        "&a ", "*a", "<<: *a\n", "<<: ", "- ", ": ", "? ", "!!int ", "!x ", "|\n", ">-\n", "\"", "'", "{", "}", "[", "]", ",", "#", "%YAML 1.1\n",
        "---\n", "...\n", "\t", "\r\n", "\n",
        "\u0085", "\u2028", "\uFEFF", "\0", "~", "null", "0x", "08", "1e999", "-", "@", "`", "\\", "environments:", "services:", "  ", "        ",
        "é", "語", "😀",
    ];

    private static readonly Gen<(int At, int Length, string Fragment)> Edit =
        Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 60], Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]));

    [Fact]
    public void Random_bytes_give_diagnostics_and_no_exception() =>
        Gen.Byte.Array[0, 400].Sample(bytes => ParseBoth(bytes), iter: 3000);

    [Fact]
    public void Files_with_pieces_cut_out_put_in_and_moved_give_diagnostics_and_no_exception() =>
        Gen.Select(Gen.Int[0, Examples.Length - 1].Select(i => Examples[i]), Edit.Array[1, 6]).Sample((text, edits) =>
        {
            foreach (var (at, length, fragment) in edits)
            {
                var start = at % (text.Length + 1);
                text = text[..start] + fragment + text[Math.Min(text.Length, start + length)..];
            }

            ParseBoth(Encoding.UTF8.GetBytes(text));
        }, iter: 4000);

    /// <summary>A parse of a legal file takes milliseconds; the limit is there to end a hang.</summary>
    [Theory(Timeout = 60_000)]
    [MemberData(nameof(LargeFiles))]
    public Task A_mebibyte_of_anything_is_dealt_with(string name) => Task.Run(
        () =>
        {
            var bytes = LargeFile(name);
            Assert.InRange(bytes.Length, MiB * 9 / 10, MiB);
            var before = GC.GetAllocatedBytesForCurrentThread();
            ParseBoth(bytes);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.InRange(allocated, 0, 1_500L * MiB);
        }, TestContext.Current.CancellationToken);

    public static TheoryData<string> LargeFiles => [.. LargeTexts.Keys];

    private static readonly Dictionary<string, Func<string>> LargeTexts = new(StringComparer.Ordinal)
    {
        ["one long word"] = () => new string('a', MiB),
        ["brackets"] = () => new string('[', MiB),
        ["braces"] = () => new string('{', MiB),
        ["dashes"] = () => Repeat("- ", MiB),
        ["indentation"] = () => string.Concat(Enumerable.Range(0, 1400).Select(i => new string(' ', i) + "a:\n")),
        ["flow pairs"] = () => "[" + Repeat("a: b,", MiB - 2) + "]",
        ["keys of one map"] = () => Filled("", i => $"key{i:D6}: 1\n"),
        ["one key again and again"] = () => Repeat("a: 1\n", MiB),
        ["unknown keys"] = () => "environments:\n  production:\n" + Repeat("    x: &a {y: 1}\n", MiB - 100),
        ["quotes"] = () => "a: \"" + Repeat("\\\"", MiB - 100) + "\"",
        ["block text"] = () => "a: |\n" + Repeat("  line\n", MiB - 100),
        ["folded blanks"] = () => "a: >\n" + Repeat("\n", MiB - 100),
        ["comments"] = () => Repeat("# nothing\n", MiB),
        ["anchors"] = () => "a:\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"- &a{i:D6} x\n")) + Repeat("# end\n", 200_000),
        ["question marks"] = () => Repeat("? ", MiB),
        ["spaces"] = () => new string(' ', MiB),
        ["services"] = () =>
            Filled("environments:\n  production:\n    name: shop\n    services:\n", i => $"      - {{name: s{i:D5}, command: bin/run --it}}\n"),
        ["a broken value in every line"] = () => Filled("environments:\n", i => $"  e{i:D5}: {{name: -, image_wait: 1, listners: 1}}\n"),
        ["merges of a large map"] = () => Filled(LargeMap(30_000), _ => "a: {<<: *big, k000001: 2}\n"),
        ["a merge below its own keys"] = () => Filled(LargeMap(35_000) + "own:\n" + Keys(35_000) + "  <<: *big\n", _ => "# end\n"),
    };

    [Theory]
    [InlineData("a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
        + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e]", "BCN012")]
    [InlineData("a: &a [*a]", "BCN013")]
    [InlineData("a: *nowhere", "BCN013")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "BCN011")]
    [InlineData("a: !!int 1", "BCN014")]
    [InlineData("a: !thing {}", "BCN014")]
    [InlineData("a: 1\n---\nb: 2", "BCN015")]
    [InlineData("[a]: 1", "BCN017")]
    [InlineData("<<: 1", "BCN019")]
    [InlineData("a: [", "BCN010")]
    [InlineData("", "BCN005")]
    [InlineData("# nothing", "BCN005")]
    [InlineData("~", "BCN005")]
    [InlineData("a: \u0007", "BCN004")]
    public void What_yaml_offers_and_the_file_may_not_use_is_named(string yaml, string code) =>
        Assert.Contains(code, ManifestParser.Parse("barcelona.yml", Encoding.UTF8.GetBytes(yaml)).Diagnostics.Select(d => d.Code));

    [Theory]
    [InlineData("flow pairs")]
    [InlineData("keys of one map")]
    public void A_file_of_more_values_than_anybody_writes_is_read_no_further(string name) =>
        Assert.Equal("BCN022", Assert.Single(ManifestParser.Parse("barcelona.yml", LargeFile(name)).Diagnostics).Code);

    [Fact]
    public void A_file_over_a_mebibyte_is_refused_unread() =>
        Assert.Equal(["BCN001"], ManifestParser.Parse("barcelona.yml", new byte[MiB + 1]).Diagnostics.Select(d => d.Code));

    [Fact]
    public void Bytes_that_are_not_utf8_are_named_with_their_place()
    {
        var diagnostic =
            Assert.Single(ManifestParser.Parse("barcelona.yml", new byte[] { (byte)'a', (byte)'\n', (byte)'b', 0xC3, 0x28 }).Diagnostics);
        Assert.Equal(("BCN002", 2, 2), (diagnostic.Code, diagnostic.Span.Line, diagnostic.Span.Column));
    }

    [Fact]
    public void A_byte_order_mark_is_skipped_and_mentioned()
    {
        var parsed = ManifestParser.Parse(
            "barcelona.yml", new byte[] { 0xEF, 0xBB, 0xBF }.Concat(Encoding.UTF8.GetBytes("environments: {production: {name: shop}}")).ToArray());
        Assert.NotNull(parsed.Value);
        Assert.Equal("BCN003", Assert.Single(parsed.Diagnostics).Code);
    }

    private static byte[] LargeFile(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(LargeTexts[name]());
        return bytes.Length > MiB ? bytes[..MiB] : bytes;
    }

    private static string LargeMap(int keys) => "big: &big\n" + Keys(keys);

    private static string Keys(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"  k{i:D6}: {i}\n"));

    private static string Filled(string head, Func<int, string> line)
    {
        var text = new StringBuilder(head);
        for (var i = 0; text.Length < MiB - 100; i++)
        {
            text.Append(line(i));
        }

        return text.ToString();
    }

    private static string Repeat(string piece, int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length));

    private static void ParseBoth(byte[] bytes)
    {
        var manifest = ManifestParser.Parse("barcelona.yml", bytes);
        Assert.Equal(manifest.Value is null, manifest.HasErrors);
        var district = DistrictParser.Parse("default", "districts/default.yml", bytes);
        Assert.Equal(district.Value is null, district.HasErrors);
        Assert.All(manifest.Diagnostics.Concat(district.Diagnostics), d => Assert.True(d.Span is { Line: > 0, Column: > 0 }));
    }
}
