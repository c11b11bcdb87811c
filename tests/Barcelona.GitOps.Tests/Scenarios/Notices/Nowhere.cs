using System.Text;
using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Storage.History;
using Barcelona.GitOps.Tests.Scenarios.Crashes;
using Microsoft.Extensions.DependencyInjection;

namespace Barcelona.GitOps.Tests.Scenarios.Notices;

/// <summary>Everything that leaves the service, searched for a secret.</summary>
internal static class Nowhere
{
    /// <summary>Not in what GitHub, AWS (its topics too) and Slack were told, nor in a table, nor on a page, nor in the log.</summary>
    /// <param name="life">Of the process that has worked: what it logged.</param>
    public static async Task AssertAsync(Stage stage, string secret, WorkerLife? life)
    {
        var stop = TestContext.Current.CancellationToken;
        bool Has(string? text) => text?.Contains(secret, StringComparison.Ordinal) is true;

        Assert.DoesNotContain(stage.GitHub.Requests, r => Has($"{r}{r.Body}"));
        var rows = await RowsAsync(stage.Services.GetRequiredService<Database>(), stop);
        Assert.DoesNotContain(rows, r => Has(r) || r.Contains(Hex(secret), StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(stage.Folder, "barcelona.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Assert.False(Has(await reader.ReadToEndAsync(stop)), $"{file} has it.");
        }

        await AssertButInChecksAsync(stage, secret, life);
    }

    /// <summary>The same without GitHub, which knows who may read a check, and without the tables that a check is told from.</summary>
    public static async Task AssertButInChecksAsync(Stage stage, string secret, WorkerLife? life)
    {
        var stop = TestContext.Current.CancellationToken;
        bool Has(string? text) => text?.Contains(secret, StringComparison.Ordinal) is true;

        Assert.DoesNotContain(stage.Aws.Calls, c => Has(c.Request.ToJsonString()));
        Assert.DoesNotContain(stage.Sandbox.Slack.Heard, m => Has(m.Text));
        Assert.NotEmpty(life?.Lines ?? []);
        Assert.DoesNotContain(life?.Lines ?? [], Has);
        var runs = await stage.Services.GetRequiredService<Runs>().RecentAsync(20, stop);
        Assert.NotEmpty(runs);
        using var http = new HttpClient(new SocketsHttpHandler());
        foreach (var run in runs)
        {
            var page = new Uri(stage.GitHub.WebhookUrl ?? throw new InvalidOperationException("Nobody listens."), $"/runs/{run.Id}");
            Assert.False(Has(await http.GetStringAsync(page, stop)), $"{page} has it.");
        }
    }

    /// <summary>Each row of each table, bytes in hexadecimal digits. Of SQLite the files themselves are read.</summary>
    private static async Task<IReadOnlyList<string>> RowsAsync(Database database, CancellationToken stop)
    {
        if (database.Dialect != Dialect.PostgreSql)
        {
            return [];
        }

        var rows = new List<string>();
        foreach (var table in await database.ReadAsync<string>(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
            parameters: null,
            stop))
        {
            rows.AddRange(await database.ReadAsync<string>($"select t::text from {table} t", parameters: null, stop));
        }

        Assert.Contains(rows, r => r.Contains("acme/", StringComparison.Ordinal));
        return rows;
    }

    private static string Hex(string secret) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret));
}
