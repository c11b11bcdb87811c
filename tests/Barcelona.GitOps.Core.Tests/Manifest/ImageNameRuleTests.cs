using System.Text;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Tests.Manifest;

/// <summary>What <c>image_name</c> takes can be asked for: https://github.com/distribution/reference/blob/main/regexp.go</summary>
public sealed class ImageNameRuleTests
{
    private static readonly string Long = new('a', 63), TooLong = new('a', 64);

    public static TheoryData<string> Names =>
    [
        "nginx", "acme/shop", "my.shop", "a_b/c__d/e---f/g.h", "localhost/shop", "localhost:65535/shop", "registry:5000/shop", "a.b:1/x",
        "Quay.io/acme/shop", "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/acme/shop", "10.0.0.5:8443/x", $"{Long}.example/x", $"{TooLong}/x",
    ];

    public static TheoryData<string> Others =>
    [
        "a.b:99999/x", "a.b:65536/x", "a.b:0/x", "quay.io/a/../../api/v1/x", "quay.io/a/./x", "a..b/x", "quay.io//x", "quay.io/a//x", "a-/x", "a___b",
        "a._b", "-a.b/x", "a-.b/x", "a.b__c/x", $"{TooLong}.example/x", "Acme/shop", "quay.io/Acme", "quay.io/", "quay.io:443", "a/b@c",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_a_name_makes_an_address_that_says_just_that(string name)
    {
        var image = ImageName.Parse($"{Read(name).Value?.Environments[0].ImageName?.Value}:1");

        var url = new Uri($"https://{image.Registry}/v2/{image.Repository}/manifests/{image.Tag}");
        Assert.Equal($"/v2/{image.Repository}/manifests/1", url.AbsolutePath);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_none_is_refused(string name) => Assert.Equal(["BCN037"], Read(name).Diagnostics.Select(d => d.Code));

    private static Parsed<BarcelonaManifest> Read(string name) => ManifestParser.Parse("barcelona.yml", Encoding.UTF8.GetBytes(
        $"environments: {{production: {{name: shop, district: default, image_name: \"{name}\", services: []}}}}"));
}
