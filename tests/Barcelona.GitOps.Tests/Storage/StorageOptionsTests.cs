using Barcelona.GitOps.Storage;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class StorageOptionsTests
{
    [Theory]
    [InlineData("Host=db;Database=barcelona", "PostgreSQL")]
    [InlineData("host=db;Database=barcelona", "PostgreSQL")]
    [InlineData("Data Source=/tmp/barcelona-never-opened.db", "SQLite")]
    public async Task The_connection_string_says_which_database(string text, string expected)
    {
        var options = new StorageOptions { ConnectionString = text };
        Assert.True(Validate(options).Succeeded);

        await using var database = Database.Connect(options);
        Assert.Equal(expected, database.Dialect.Name);
    }

    [Theory]
    [InlineData("Server=db;Password=hunter2")]
    [InlineData("Password=hunter2")]
    [InlineData("hunter2")]
    [InlineData("Data Source=:memory:;Password=hunter2")]
    [InlineData("Data Source=x;Mode=Memory;Password=hunter2")]
    public void A_connection_string_that_means_nothing_is_refused_by_its_key_and_not_repeated(string text)
    {
        var result = Validate(new() { ConnectionString = text });

        Assert.True(result.Failed);
        Assert.Contains("Storage__ConnectionString", result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_connection_string_a_file_is_used()
    {
        var options = new StorageOptions();

        Assert.True(Validate(options).Succeeded);
        Assert.StartsWith("Data Source=/", options.EffectiveConnectionString, StringComparison.Ordinal);
    }

    private static ValidateOptionsResult Validate(StorageOptions options) => new StorageOptionsValidator().Validate(name: null, options);
}
