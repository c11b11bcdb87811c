using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using CsCheck;

namespace Barcelona.GitOps.Core.Tests.Triggers;

public sealed class ReleaseOrderTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("v1.4.0", "v1.3.9", true)]
    [InlineData("v1.10.0", "v1.9.0", true)]
    [InlineData("v1.3.9", "v1.4.0", false)]
    [InlineData("v1.4.0-rc.1", "v1.4.0", false)]
    [InlineData("v1.4.0", "v1.4.0-rc.1", true)]
    [InlineData("1.4.0", "v1.3.0", true)]
    public void Versions_go_by_precedence_whatever_their_dates(string incoming, string deployed, bool proceeds)
    {
        Assert.Equal(proceeds, Proceeds(Tag(incoming, Day), Tag(deployed, Day.AddDays(9))));
        Assert.Equal(proceeds, Proceeds(Tag(incoming, Day.AddDays(9)), Tag(deployed, Day)));
    }

    [Theory]
    [InlineData("release-5", "release-4")]
    [InlineData("v1.4", "v2.0.0")]
    [InlineData("v1.0.0+b", "v1.0.0+a")]
    public void What_versions_cannot_tell_apart_goes_by_date(string one, string other)
    {
        Assert.True(Proceeds(Tag(one, Day.AddDays(1)), Tag(other, Day)));
        Assert.False(Proceeds(Tag(one, Day), Tag(other, Day.AddDays(1))));
    }

    [Fact]
    public void Going_back_is_refused_with_the_way_out()
    {
        var older = Assert.IsType<ReleaseVerdict.Older>(ReleaseOrder.Check(Tag("v1.0.0", Day), Tag("v1.1.0", Day)));
        Assert.Equal("v1.0.0 is a lower version than v1.1.0, which is deployed; going back takes an explicit act", older.Reason);
    }

    [Fact]
    public void The_first_release_branches_and_the_same_tag_moved_may_always_follow()
    {
        Assert.True(Proceeds(Tag("v1.0.0", Day), null));
        Assert.True(Proceeds(new(GitRef.Branch("main"), Day), Tag("v9.0.0", Day.AddDays(1))));
        Assert.True(Proceeds(Tag("v1.0.0", Day), new(GitRef.Branch("main"), Day.AddDays(1))));
        Assert.True(Proceeds(Tag("nightly", Day), Tag("nightly", Day.AddDays(1))));
    }

    /// <summary>The example of section 11 of the specification, in its order.</summary>
    [Fact]
    public void Precedence_is_that_of_the_specification()
    {
        string[] ordered = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
            "2.0.0", "2.1.0", "2.1.1"];
        var versions = ordered.Select(t => SemVer.TryParse(t, out var v) ? v : throw new FormatException(t)).ToList();
        foreach (var (i, a) in versions.Index())
        {
            foreach (var (j, b) in versions.Index())
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(a.CompareTo(b)));
            }
        }
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("01.0.0")]
    [InlineData("1.0.0-01")]
    [InlineData("1.0.0-")]
    [InlineData("release-1.0.0")]
    [InlineData("1.0.0\n")]
    public void What_is_no_version_is_not_read_as_one(string text) => Assert.False(SemVer.TryParse(text, out _));

    [Fact]
    public void Of_two_different_tags_at_most_one_may_follow_the_other_unless_they_are_equal_in_all()
    {
        var tag = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Bool, (a, b, day, isVersion) =>
            Tag(isVersion ? $"v{a}.{b}.0" : $"build-{a}-{b}", Day.AddDays(day)));
        Gen.Select(tag, tag).Sample((a, b) =>
        {
            var (ab, ba) = (Proceeds(a, b), Proceeds(b, a));
            Assert.True(ab || ba);
            if (ab && ba)
            {
                Assert.True(a.Ref == b.Ref || a.Date == b.Date);
            }
        }, iter: 2000);
    }

    private static ReleasedRef Tag(string name, DateTimeOffset date) => new(GitRef.Tag(name), date);

    private static bool Proceeds(ReleasedRef incoming, ReleasedRef? deployed) => ReleaseOrder.Check(incoming, deployed) is ReleaseVerdict.Proceed;
}
