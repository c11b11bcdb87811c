using System.Diagnostics;
using Barcelona.GitOps.Core.Reports;

namespace Barcelona.GitOps.Core.Tests.Reports;

public sealed class RedactorTests
{
    private static readonly string[] PrivateKey =
        ["before", "-----BEGIN RSA PRIVATE KEY-----", "MIIEowIBAAKCAQEA", "s3cr3t", "-----END RSA PRIVATE KEY-----", "after"];

    [Theory]
    [InlineData("pushing with ghs_s3cr3ts3cr3ts3cr3t12", "pushing with [hidden]")]
    [InlineData("ghp_s3cr3ts3cr3ts3cr3t12 github_pat_11s3cr3ts3cr3t_abc", "[hidden] [hidden]")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE end", "key [hidden] end")]
    [InlineData("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "[hidden]")]
    [InlineData("Authorization: Bearer abcdefgh12345678", "Authorization: [hidden] [hidden]")]
    [InlineData("sent Bearer abcdefgh12345678.", "sent Bearer [hidden]")]
    [InlineData("postgres://shop:s3cr3t@db.internal:5432/shop", "postgres://[hidden]@db.internal:5432/shop")]
    [InlineData("redis://:s3cr3t@cache/0", "redis://[hidden]@cache/0")]
    [InlineData("DB_PASSWORD=s3cr3t RAILS_ENV=production", "DB_PASSWORD=[hidden] RAILS_ENV=production")]
    [InlineData("PGPASSWORD=s3cr3t", "PGPASSWORD=[hidden]")]
    [InlineData("{\"client_secret\": \"s3 cr3t\", \"id\": 1}", "{\"client_secret\": [hidden], \"id\": 1}")]
    [InlineData("{\"accessToken\":\"s3cr3t\"}", "{\"accessToken\":[hidden]}")]
    [InlineData(":password=>\"s3cr3t\"", ":password=>[hidden]")]
    [InlineData("https://hooks.slack.com/services/T000/B000/s3cr3t", "[hidden]")]
    public void What_looks_like_a_secret_is_hidden(string line, string expected) => Assert.Equal(expected, Redactor.Redact(line));

    [Theory]
    [InlineData("Listening on http://0.0.0.0:3000")]
    [InlineData("12 passed: 10, author: Jane, passenger=phusion")]
    [InlineData("deploying 0123456789abcdef0123456789abcdef01234567")]
    [InlineData("failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:barcelona/default/shop-AbCdEf")]
    [InlineData("GET /api/v1/items?page=2 200 in 12ms")]
    public void What_is_ordinary_stays(string line) => Assert.Equal(line, Redactor.Redact(line));

    [Fact]
    public void A_private_key_is_hidden_over_all_its_lines() => Assert.Equal(["before", "[hidden]", "after"], Redactor.Redact(PrivateKey));

    [Fact]
    public void A_private_key_whose_end_is_not_there_is_hidden_to_the_end() =>
        Assert.Equal(["before", "[hidden]"], Redactor.Redact(PrivateKey.Take(4)));

    [Fact]
    public void Long_hostile_input_takes_no_time()
    {
        var hostile = string.Concat(Enumerable.Repeat("password", 20_000)) + new string('=', 1000) + string.Concat(Enumerable.Repeat("a.", 50_000));
        var watch = Stopwatch.StartNew();

        Redactor.Redact(hostile);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
    }

    [Theory]
    [InlineData("DATABASE_PASSWORD", true)]
    [InlineData("GITHUB_TOKEN", true)]
    [InlineData("SECRET_KEY_BASE", true)]
    [InlineData("AUTH", true)]
    [InlineData("RAILS_ENV", false)]
    [InlineData("AUTHOR", false)]
    [InlineData("TOKENIZER", false)]
    public void Names_tell_what_not_to_show(string name, bool isSensitive) => Assert.Equal(isSensitive, Redactor.IsSensitiveName(name));
}
