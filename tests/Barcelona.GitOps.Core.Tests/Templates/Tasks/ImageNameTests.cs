using Barcelona.GitOps.Core.Templates.Tasks;

namespace Barcelona.GitOps.Core.Tests.Templates.Tasks;

public sealed class ImageNameTests
{
    private static readonly string Digest = $"sha256:{new string('a', 64)}";

    [Theory]
    [InlineData("nginx:1", "docker.io", "library/nginx", "1")]
    [InlineData("acme/shop:v1.2", "docker.io", "acme/shop", "v1.2")]
    [InlineData("docker.io/nginx", "docker.io", "library/nginx", "")]
    [InlineData("index.docker.io/acme/shop:1", "docker.io", "acme/shop", "1")]
    [InlineData("Quay.io/acme/shop:1", "quay.io", "acme/shop", "1")]
    [InlineData("public.ecr.aws/acme/web/shop:1", "public.ecr.aws", "acme/web/shop", "1")]
    [InlineData("localhost/shop:1", "localhost", "shop", "1")]
    [InlineData("registry:5000/shop", "registry:5000", "shop", "")]
    [InlineData("registry:5000/shop:1", "registry:5000", "shop", "1")]
    public void Registry_repository_and_tag_are_as_Docker_reads_them(string image, string registry, string repository, string tag)
    {
        var name = ImageName.Parse(image);

        Assert.Equal((registry, repository, tag), (name.Registry, name.Repository, name.Tag));
        Assert.Equal((repository, tag), (ImageName.Parse($"{image}@{Digest}").Repository, ImageName.Parse($"{image}@{Digest}").Tag));
    }

    [Theory]
    [InlineData("acme/shop:1", "acme/shop")]
    [InlineData("acme/shop", "acme/shop")]
    [InlineData("registry:5000/shop", "registry:5000/shop")]
    [InlineData("registry:5000/shop:1@sha256:0", "registry:5000/shop")]
    public void The_digest_takes_the_place_of_the_tag(string image, string name) =>
        Assert.Equal($"{name}@{Digest}", ImageName.WithDigest(image, Digest));
}
