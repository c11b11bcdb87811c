using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using CsCheck;

namespace Barcelona.GitOps.Core.Tests.Triggers;

public sealed partial class ImageTagTests
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";
    private static readonly CommitSha Commit = CommitSha.Parse(Sha);

    [Theory]
    [InlineData(null, "refs/heads/main", Sha)]
    [InlineData(null, "refs/tags/v1.4.0", "v1.4.0")]
    [InlineData("{branch}-{short_sha}", "refs/heads/feature/a@b", "feature-a-b-0123456")]
    [InlineData("stable", "refs/tags/v1.4.0", "stable")]
    [InlineData("{tag}", "refs/tags/v1.4.0+build", "v1.4.0-build")]
    [InlineData("{branch}", "refs/heads/@home", "_home")]
    public void Patterns_are_filled_in_and_made_fit_for_a_registry(string? pattern, string pushed, string expected) =>
        Assert.Equal(expected, ImageTag.Render(pattern, Commit, GitRef.Parse(pushed)));

    [Fact]
    public void A_placeholder_inside_a_branch_name_is_not_filled_in() =>
        Assert.Equal("_sha-", ImageTag.Render("{branch}", Commit, GitRef.Branch("{sha}")));

    [Fact]
    public void Long_tags_are_cut_and_stay_different()
    {
        var (one, other) = (ImageTag.Render("{branch}", Commit, GitRef.Branch(new string('a', 200) + "1")),
            ImageTag.Render("{branch}", Commit, GitRef.Branch(new string('a', 200) + "2")));
        Assert.Equal(128, one.Length);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Every_tag_is_one_that_a_registry_takes() => Gen.String[Gen.Char["abcXYZ019_.-/@{}()+%é語\u200B"], 1, 300].Sample(name =>
        Assert.Matches(RegistryTag(), ImageTag.Render("{branch}", Commit, GitRef.Branch(name))), iter: 2000);

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex RegistryTag();
}
