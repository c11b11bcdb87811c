using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Storage.Refs;

/// <summary>The repositories that the App has been installed on, as far as we were told.</summary>
public sealed class Repositories(Database database, TimeProvider time)
{
    private const string Columns =
        "select name as Name, installation as Installation, default_branch as DefaultBranch, is_private as IsPrivate from repository";

    // An event that does not say keeps what an earlier one said.
    private const string UpsertSql = """
        insert into repository (id, name, installation, default_branch, is_private, seen_at)
        values {values}
        on conflict (id) do update set
            name = excluded.name,
            installation = excluded.installation,
            default_branch = coalesce(excluded.default_branch, repository.default_branch),
            is_private = coalesce(excluded.is_private, repository.is_private),
            seen_at = excluded.seen_at
        """;

    public Task UpsertAsync(KnownRepository repository, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        UpsertManyAsync([repository], within, cancellationToken);

    public Task UpsertManyAsync(
        IEnumerable<KnownRepository> repositories, DatabaseTransaction? within = null, CancellationToken cancellationToken = default)
    {
        // One row for each and always in the same order, or two writers would wait for each other.
        var latest = repositories.GroupBy(r => StoredName.Of(r.Name)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Last());
        var rows = latest.Select(r => (KeyValuePair<string, object?>[])
        [
            new("id", StoredName.Of(r.Name)),
            new("name", r.Name.ToString()),
            new("installation", r.Installation),
            new("defaultBranch", r.DefaultBranch),
            new("isPrivate", r.IsPrivate is { } isPrivate ? (isPrivate ? 1L : 0L) : null),
            new("now", time.GetUtcNow()),
        ]).ToList();
        return rows.Count == 0
            ? Task.CompletedTask
            : database.WriteAsync(within, transaction => transaction.ExecuteManyAsync(UpsertSql, rows, cancellationToken), cancellationToken);
    }

    public async Task<KnownRepository?> FindAsync(RepositoryName name, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync<KnownRepository>(
            $"{Columns} where id = @id", new { id = StoredName.Of(name) }, cancellationToken)).SingleOrDefault();

    public Task<IReadOnlyList<KnownRepository>> ListAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync<KnownRepository>($"{Columns} order by id", parameters: null, cancellationToken);

    /// <summary>The App was taken off the repository.</summary>
    public Task RemoveAsync(RepositoryName name, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(within, "delete from repository where id = @id", new { id = StoredName.Of(name) }, cancellationToken);
}
