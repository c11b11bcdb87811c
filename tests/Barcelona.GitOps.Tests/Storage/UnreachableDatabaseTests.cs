using Barcelona.GitOps.Storage;
using Barcelona.GitOps.Storage.Deliveries;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Storage;

public sealed class UnreachableDatabaseTests
{
    [Theory]
    [InlineData("Host=nowhere.invalid;Username=barcelona;Timeout=2")]
    [InlineData("Host=127.0.0.1;Port=1;Username=barcelona;Timeout=2")]
    public async Task Each_delivery_hears_that_the_database_is_away_and_none_waits_for_ever(string connectionString)
    {
        await using var database = Database.Connect(new() { ConnectionString = connectionString });
        await using var log = new DeliveryLog(database, new FakeTimeProvider());

        for (var i = 0; i < 3; i++)
        {
            var append = log.AppendAsync(new($"d-{i}", "push", "{}"u8.ToArray(), DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<DeliveryNotStoredException>(
                () => append.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
        }
    }
}
