using Barcelona.GitOps.Core.Manifest.Schedules;

namespace Barcelona.GitOps.Core.Tests.Manifest.Schedules;

public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("bin/rake  task", "bin/rake|task")]
    [InlineData("a 'b c' \"d e\"", "a|b c|d e")]
    [InlineData("a'b'\"c\"", "abc")]
    [InlineData("say \"\" ''", "say||")]
    [InlineData("a\\ b", "a b")]
    [InlineData("\"a\\\"b\\n\"", "a\"b\\n")]
    [InlineData("'a\\'", "a\\")]
    [InlineData("echo $HOME > *", "echo|$HOME|>|*")]
    public void A_text_is_split_as_a_shell_splits_it_and_nothing_is_expanded(string text, string words) =>
        Assert.Equal(words.Split('|'), ShellWords.Split(text));

    [Theory]
    [InlineData("a 'b")]
    [InlineData("a \"b")]
    public void An_open_quote_is_no_command(string text) => Assert.Null(ShellWords.Split(text));
}
