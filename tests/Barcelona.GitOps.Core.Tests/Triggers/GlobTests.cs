using Barcelona.GitOps.Core.Triggers;

namespace Barcelona.GitOps.Core.Tests.Triggers;

public sealed class GlobTests
{
    [Theory]
    [InlineData("main", "main", true)]
    [InlineData("main", "maintenance", false)]
    [InlineData("v*", "v1.4.0", true)]
    [InlineData("v*", "v1/2", false)]
    [InlineData("release/*", "release/1", true)]
    [InlineData("release/*", "release/1/2", false)]
    [InlineData("release/**", "release/1/2", true)]
    [InlineData("**", "a/b/c", true)]
    [InlineData("v?.?", "v1.2", true)]
    [InlineData("v?.?", "v1.22", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("*(x)+$", "a(x)+$", true)]
    [InlineData("Main*", "main", false)]
    public void Patterns_match_whole_names_by_segments(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Glob.IsMatch(pattern, text));

    /// <summary>With backtracking this would take longer than the universe has existed.</summary>
    [Fact(Timeout = 20_000)]
    public Task No_pattern_takes_long() => Task.Run(
        () => Assert.False(Glob.IsMatch(string.Concat(Enumerable.Repeat("*a", 150)) + "b", new string('a', 400))),
            TestContext.Current.CancellationToken);
}
