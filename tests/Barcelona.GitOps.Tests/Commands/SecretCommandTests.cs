using Amazon.SecretsManager.Model;
using Amazon.SimpleSystemsManagement.Model;
using Barcelona.GitOps.Tests.Aws;
using Barcelona.GitOps.Tests.Aws.Moto;

namespace Barcelona.GitOps.Tests.Commands;

/// <summary><c>barcelona secret</c> against moto: the value goes in by standard input and is seen in AWS alone.</summary>
public sealed class SecretCommandTests(MotoServer moto) : IDisposable
{
    private const string Canary = "hunter2-canary", Account = "123456789012";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("secrets-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Canary, Canary)]
    [InlineData(Canary + "\n", Canary)]
    [InlineData("line\n\n", "line\n")]
    public async Task A_secret_is_made_and_then_given_new_values(string input, string stored)
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Stop), Account);
        var path = Path.GetRandomFileName();

        var made = await RunAsync(input, "set", path);
        await RunAsync("another", "set", path);
        var again = await RunAsync(input, "set", path);

        Assert.True(made.Exit == 0, made.Output);
        Assert.Contains($"secret: {path}", made.Output, StringComparison.Ordinal);
        var secret = await aws.Session.SecretsManager.GetSecretValueAsync(new GetSecretValueRequest { SecretId = $"barcelona/default/{path}" }, Stop);
        Assert.Equal(stored, secret.SecretString);
        Assert.Contains(secret.VersionId, again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, made.Output + again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_is_listed_without_values_and_what_is_deleted_can_be_brought_back()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Stop), Account);
        await RunAsync(Canary, "set", "list/b");
        await RunAsync(Canary, "set", "list/a");
        await aws.Session.SecretsManager.CreateSecretAsync(new CreateSecretRequest { Name = "barcelona/default2/list/c", SecretString = "x" }, Stop);

        var before = await RunAsync("", "list");
        var deleted = await RunAsync("", "delete", "list/a");
        var without = await RunAsync("", "list");
        var restored = await RunAsync(Canary, "set", "list/a");
        var after = await RunAsync("", "list");

        Assert.Equal(["list/a", "list/b"], Paths(before.Output));
        Assert.Contains("is deleted for good on ", deleted.Output, StringComparison.Ordinal);
        Assert.Equal(["list/b"], Paths(without.Output));
        Assert.True(restored.Exit == 0, restored.Output);
        Assert.Equal(["list/a", "list/b"], Paths(after.Output));
        Assert.DoesNotContain(Canary, before.Output + deleted.Output + restored.Output + after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_is_encrypted_and_is_gone_once_deleted()
    {
        using var aws = new AwsHarness(await moto.UrlAsync(Stop), Account);

        var made = await RunAsync(Canary, "set", "ssm/key", "--ssm");
        var listed = await RunAsync("", "list", "--ssm");

        Assert.Contains("ssm_path: ssm/key", made.Output, StringComparison.Ordinal);
        var request = new GetParameterRequest { Name = "/barcelona/default/ssm/key", WithDecryption = true };
        var stored = (await aws.Session.Ssm.GetParameterAsync(request, Stop)).Parameter;
        Assert.Equal((Canary, "SecureString"), (stored.Value, stored.Type.Value));
        Assert.Contains("ssm/key", Paths(listed.Output, "ssm/"));
        Assert.Equal((0, true), await ExitAndWordAsync("delete", "ssm/key", "--ssm", "is deleted."));
        Assert.Equal((1, true), await ExitAndWordAsync("delete", "ssm/key", "--ssm", "There is no '/barcelona/default/ssm/key'."));
    }

    [Theory]
    [InlineData("", "set", "shop/key", "The value is empty")]
    [InlineData("x", "set", "/shop/key", "is no path for a secret")]
    [InlineData("x", "set", "shop/key#field", "is no path for a secret")]
    [InlineData("x", "delete", "shop/none", "There is no 'barcelona/default/shop/none'.")]
    public async Task What_cannot_be_done_says_why_and_exits_1(string input, string verb, string path, string expected)
    {
        var (exit, output) = await RunAsync(input, verb, path);

        Assert.Equal(1, exit);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret", "set", "shop/argument", Canary, "-d", "default")]
    [InlineData("secret", "set", "shop/argument", "--value", Canary, "-d", "default")]
    [InlineData("secret", "set", "shop/argument", $"--value={Canary}", "-d", "default")]
    [InlineData("secret", "set", $"--value={Canary}", "-d", "default")]
    [InlineData("secret", "set", $"shop/argument={Canary}", "-d", "default")]
    [InlineData("secret", "set", $"{Canary}!", "-d", "default")]
    [InlineData("secret", "set", "shop/argument", $"@{Canary}", "-d", "default")]
    [InlineData("secret", "put", "shop/argument", Canary, "-d", "default")]
    public async Task A_value_is_no_argument_and_is_not_repeated(params string[] arguments)
    {
        var (exit, output) = await RunAsync("", arguments, Account);

        Assert.Equal(1, exit);
        Assert.DoesNotContain(Canary, output, StringComparison.Ordinal);
        Assert.Matches("standard input|is no path for a secret", output);
        Assert.DoesNotContain("shop/argument", Paths((await RunAsync("", "list")).Output, "shop/"));
    }

    [Fact]
    public async Task A_value_that_AWS_would_not_take_is_refused_before_it_is_sent()
    {
        var (exit, output) = await RunAsync(new string('x', 4_097), "set", "shop/long", "--ssm");

        Assert.Equal((1, "The value has 4097 bytes, and at most 4096 are allowed. Nothing was changed.\n"), (exit, output));
    }

    [Fact]
    public async Task Credentials_of_another_account_change_nothing()
    {
        var (exit, output) = await RunAsync("x", "set", "shop/elsewhere", account: "999999999999");

        Assert.Equal(1, exit);
        Assert.Contains("District 'default' is in account 999999999999", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_district_that_is_not_there_is_named_with_those_that_are()
    {
        var (exit, output) = await RunAsync("x", ["secret", "set", "a", "-d", "staging"], Account);

        Assert.Equal((1, "There is no district 'staging'; there are default.\n"), (exit, output));
    }

    /// <summary>Those of one test: the account is everybody's.</summary>
    private static List<string> Paths(string output, string below = "list/") =>
        [.. output.Split('\n').Select(line => line.Split(' ')[0]).Where(path => path.StartsWith(below, StringComparison.Ordinal))];

    private async Task<(int Exit, bool Says)> ExitAndWordAsync(string verb, string path, string option, string expected)
    {
        var (exit, output) = await RunAsync("", ["secret", verb, path, option, "-d", "default"], Account);
        return (exit, output.Contains(expected, StringComparison.Ordinal));
    }

    private Task<(int Exit, string Output)> RunAsync(string input, string verb, string? path = null, string? option = null, string account = Account)
    {
        string?[] arguments = ["secret", verb, path, option, "--district", "default"];
        return RunAsync(input, [.. arguments.OfType<string>()], account);
    }

    private async Task<(int Exit, string Output)> RunAsync(string input, string[] arguments, string account)
    {
        var districts = Directory.CreateDirectory(Path.Combine(_folder.FullName, "districts"));
        await File.WriteAllTextAsync(
            Path.Combine(districts.FullName, "default.yml"),
            $"region: ap-northeast-1\naccount: \"{account}\"\nrepositories: [acme/*]\ncapacity: fargate\n",
            Stop);
        return await new BarcelonaProcess(await moto.UrlAsync(Stop), _folder.FullName).RunAsync(input, [.. arguments, "--platform", _folder.FullName]);
    }
}
