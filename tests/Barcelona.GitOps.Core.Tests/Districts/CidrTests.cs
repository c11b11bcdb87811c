using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Tests.Districts;

public sealed class CidrTests
{
    [Theory]
    [InlineData("10.1.0.0/16", "10.1.0.0/16")]
    [InlineData("10.1.2.3/16", "10.1.0.0/16")]
    [InlineData("192.168.255.255/24", "192.168.255.0/24")]
    [InlineData("255.255.255.255/32", "255.255.255.255/32")]
    [InlineData("1.2.3.4/0", "0.0.0.0/0")]
    public void A_block_begins_where_its_prefix_ends(string text, string block) => Assert.Equal(block, Cidr.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("10.1.0.0")]
    [InlineData("10.1.0/16")]
    [InlineData("10.1.0.0.0/16")]
    [InlineData("10.1.0.256/16")]
    [InlineData("10.1.0.0/33")]
    [InlineData("10.1.0.0/-1")]
    [InlineData("10.01.0.0/16")]
    [InlineData("10.1.0.0/016")]
    [InlineData("10.1.0.0/16 ")]
    [InlineData("10.1..0/16")]
    [InlineData("2001:db8::/56")]
    public void What_is_no_block_is_not_taken_for_one(string text) => Assert.False(Cidr.TryParse(text, out _));

    [Fact]
    public void A_block_is_cut_into_equal_parts_that_do_not_overlap()
    {
        var block = Cidr.Parse("10.1.0.0/16");
        var parts = Enumerable.Range(0, 8).Select(n => block.Part(n, 8)).ToList();

        Assert.Equal(
            [
                "10.1.0.0/19", "10.1.32.0/19", "10.1.64.0/19", "10.1.96.0/19",
                "10.1.128.0/19", "10.1.160.0/19", "10.1.192.0/19", "10.1.224.0/19",
            ],
            parts.Select(p => p.ToString()));
        Assert.All(parts, p => Assert.True(block.Contains(p)));
        Assert.All(parts, p => Assert.Single(parts, p.Contains));
    }

    [Fact]
    public void The_highest_addresses_can_be_cut_too() => Assert.Equal("255.255.192.0/18", Cidr.Parse("255.255.0.0/16").Part(3, 4).ToString());

    [Theory]
    [InlineData("10.0.0.0/24", 8, 8)]
    [InlineData("10.0.0.0/24", -1, 8)]
    [InlineData("10.0.0.0/24", 0, 3)]
    [InlineData("10.0.0.0/31", 0, 4)]
    public void There_is_no_part_that_is_not_there(string block, int index, int parts) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Cidr.Parse(block).Part(index, parts));
}
