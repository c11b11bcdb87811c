using System.Globalization;
using Barcelona.GitOps.Core.Reports;
using CsCheck;

namespace Barcelona.GitOps.Core.Tests.Reports;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("@acme/ops", "@\u200bacme\\/ops")]
    [InlineData("[click](https://evil)", "\\[click\\]\\(https\\:\\/\\/evil\\)")]
    [InlineData("<img src=x>", "\\<img src=x\\>")]
    [InlineData("a\nb\u202ec", "a b c")]
    [InlineData("#12 and *bold* | cell", "\\#12 and \\*bold\\* \\| cell")]
    public void Text_of_users_means_nothing(string text, string expected) => Assert.Equal(expected, MarkdownText.Inline(text));

    [Theory]
    [InlineData("main", "`main`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`", "`` ` ``")]
    [InlineData("", "")]
    public void Code_in_a_line_takes_as_many_backticks_as_it_needs(string text, string expected) => Assert.Equal(expected, MarkdownText.Code(text));

    [Fact]
    public void Nothing_ends_a_fence_but_the_fence() => Gen.String[Gen.Char["`~\nab "], 0, 60].Sample(text =>
    {
        var lines = MarkdownText.Fence(text).Split('\n');
        var fence = lines[0];

        Assert.Equal(fence, lines[^2]);
        Assert.DoesNotContain(lines[1..^2], l => l.Trim().StartsWith(fence, StringComparison.Ordinal));
    });

    private static readonly Gen<string> Character =
        Gen.OneOf(Gen.Const("a"), Gen.Const("é"), Gen.Const("e\u0301"), Gen.Const("👩‍👩‍👧"), Gen.Const("🇯🇵"));

    [Fact]
    public void A_cut_divides_no_character_that_it_could_leave_whole() =>
        Gen.Select(Character.Array[1, 200], Gen.Int[2, 300]).Sample((characters, limit) =>
        {
            var text = string.Concat(characters);
            var cut = TextLimit.Cut(text, limit);

            Assert.True(cut.Length <= limit);
            if (cut != text)
            {
                var boundaries = StringInfo.ParseCombiningCharacters(text);
                Assert.True(boundaries.Contains(cut.Length - 1) || !boundaries.Any(b => b > 0 && b < limit), cut);
            }
        });
}
