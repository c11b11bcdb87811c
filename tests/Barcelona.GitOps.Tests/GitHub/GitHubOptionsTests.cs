using Barcelona.GitOps.GitHub;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Tests.GitHub;

public sealed class GitHubOptionsTests
{
    [Theory]
    [InlineData("GitHub:AppId", null, "GitHub__AppId is missing")]
    [InlineData("GitHub:AppId", "Iv1.abcdef", "GitHub__AppId is not a number")]
    [InlineData("GitHub:PrivateKey", null, "Exactly one of GitHub__PrivateKey and GitHub__PrivateKeyPath")]
    [InlineData("GitHub:PrivateKey", "sesame", "GitHub__PrivateKey does not hold an RSA private key")]
    [InlineData("GitHub:PrivateKeyPath", "/key.pem", "Exactly one of GitHub__PrivateKey and GitHub__PrivateKeyPath")]
    [InlineData("GitHub:ApiUrl", "api.github.com", "GitHub__ApiUrl is 'api.github.com'")]
    [InlineData("GitHub:ApiUrl", "http://github.example/api/v3/", "GitHub__ApiUrl is 'http://github.example/api/v3/'")]
    [InlineData("GitHub:CloneUrl", "https://github.com/{owner}/x.git", "GitHub__CloneUrl is")]
    [InlineData("GitHub:CloneUrl", "https://user:password@github.com/{owner}/{repo}.git", "GitHub__CloneUrl is")]
    public void A_wrong_setting_is_named(string setting, string? value, string message)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Options(setting, value));

        Assert.Contains(error.Failures, f => f.Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain("sesame", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_may_be_in_a_file_and_one_that_cannot_be_read_is_named()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(file, GitHubFixture.AppKey);
        try
        {
            using var key = Options(("GitHub:PrivateKey", null), ("GitHub:PrivateKeyPath", file)).ReadKey();
            Assert.Equal(2048, key.KeySize);
        }
        finally
        {
            File.Delete(file);
        }

        var error = Assert.Throws<OptionsValidationException>(() => Options(("GitHub:PrivateKey", null), ("GitHub:PrivateKeyPath", file)));
        Assert.StartsWith("GitHub__PrivateKeyPath cannot be read", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_breaks_of_a_key_may_be_escaped()
    {
        using var key = Options("GitHub:PrivateKey", GitHubFixture.AppKey.ReplaceLineEndings("\\n")).ReadKey();

        Assert.Equal(2048, key.KeySize);
    }

    [Fact]
    public void The_address_of_the_API_is_used_as_given()
    {
        Assert.Equal("https://api.github.com/", Options("GitHub:AppId", "1").ApiBase().AbsoluteUri);
        Assert.Equal("https://github.example/api/v3/", Options("GitHub:ApiUrl", "https://github.example/api/v3").ApiBase().AbsoluteUri);
        Assert.Equal("https://github.com/acme/shop.git", Options("GitHub:AppId", "1").CloneUrlOf(GitHubFixture.Shop).AbsoluteUri);
    }

    private static GitHubOptions Options(string setting, string? value) => Options((setting, value));

    private static GitHubOptions Options(params (string Setting, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?> { ["GitHub:AppId"] = "4711", ["GitHub:PrivateKey"] = GitHubFixture.AppKey };
        foreach (var (setting, value) in changes)
        {
            settings[setting] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Where(s => s.Value is not null)).Build();
        using var services = new ServiceCollection().AddGitHub(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<GitHubOptions>>().Value;
    }
}
