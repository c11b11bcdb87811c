using System.Text;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Tests.Districts;

public sealed class KeyPlacesTests
{
    private static readonly District Parsed = Assert.IsType<District>(DistrictParser.Parse("default", "default.yml", Encoding.UTF8.GetBytes("""
        region: ap-northeast-1
        account: "123456789012"
        repositories: [acme/*]
        network:
          zones: 3
          cidr_block: 10.1.0.0/16
        endpoints:
          demo-endpoint:
            public: true
        """)).Value);

    [Theory]
    [InlineData("network.cidr_block", 6)]
    [InlineData("network.zones", 5)]
    [InlineData("network.nat_type", 4)]
    [InlineData("cluster.ami", 1)]
    [InlineData("endpoints.demo-endpoint.public", 9)]
    [InlineData("endpoints.demo-endpoint.domain", 8)]
    [InlineData("endpoints.other", 7)]
    public void A_key_has_a_place_or_that_of_what_it_would_stand_in(string path, int line) => Assert.Equal(line, Parsed.PlaceOf(path).Line);
}
