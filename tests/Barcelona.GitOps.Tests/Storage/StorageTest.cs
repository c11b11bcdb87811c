using Barcelona.GitOps.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Barcelona.GitOps.Tests.Storage;

/// <summary>A test that both databases pass: each has a derived class for PostgreSQL and one for SQLite, with a new database for each test.</summary>
public abstract class StorageTest : IAsyncLifetime
{
    private readonly PostgreSqlServer? _server;
    private readonly string? _folder;
    private Database? _database;

    /// <param name="server">Null for SQLite.</param>
    protected StorageTest(PostgreSqlServer? server)
    {
        _server = server;
        _folder = server is null ? Directory.CreateTempSubdirectory("barcelona-sqlite-").FullName : null;
    }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    protected DateTimeOffset Now => Time.GetUtcNow();

    protected StorageOptions Options { get; private set; } = new();

    protected Database Database => _database ?? throw new InvalidOperationException("The database is made before the test starts.");

    public async ValueTask InitializeAsync()
    {
        Options = new()
        {
            ConnectionString = _server is null ? $"Data Source={_folder}/test.db" : await _server.CreateDatabaseAsync(Cancel),
        };
        _database = Database.Connect(Options);
        await PrepareAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_database is not null)
            await _database.DisposeAsync();

        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    protected virtual Task PrepareAsync() => Database.MigrateAsync(Cancel);
}
