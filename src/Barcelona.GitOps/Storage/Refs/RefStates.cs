using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Storage.Refs;

/// <summary>What each ref pointed to when it was last looked at. The sweep compares GitHub's heads with these.</summary>
public sealed class RefStates(Database database)
{
    private const string Columns = """select repository as Repository, ref as Ref, sha as "Commit", looked_at as LookedAt from ref_state""";

    private const string SetSql = """
        insert into ref_state (repository, ref, sha, looked_at) values (@repository, @gitRef, @commit, @lookedAt)
        on conflict (repository, ref) do update set sha = excluded.sha, looked_at = excluded.looked_at
        """;

    public async Task<RefState?> GetAsync(RepositoryName repository, GitRef gitRef, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync<RefState>(
            $"{Columns} where repository = @repository and ref = @gitRef",
            new { repository = StoredName.Of(repository), gitRef = gitRef.Value },
            cancellationToken)).SingleOrDefault();

    public Task<IReadOnlyList<RefState>> ListAsync(RepositoryName repository, CancellationToken cancellationToken = default) =>
        database.ReadAsync<RefState>(
            $"{Columns} where repository = @repository order by ref", new { repository = StoredName.Of(repository) }, cancellationToken);

    /// <summary>All or none.</summary>
    public Task SetManyAsync(IEnumerable<RefState> all, CancellationToken cancellationToken = default) =>
        database.WriteAsync(within: null, async transaction =>
        {
            var set = 0;
            foreach (var state in all)
            {
                await SetAsync(state, transaction, cancellationToken);
                set++;
            }

            return set;
        }, cancellationToken);

    public Task SetAsync(RefState state, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            within,
            SetSql,
            new { repository = StoredName.Of(state.Repository), gitRef = state.Ref.Value, commit = state.Commit, lookedAt = state.LookedAt },
            cancellationToken);

    /// <summary>The ref is gone.</summary>
    public Task RemoveAsync(
        RepositoryName repository, GitRef gitRef, DatabaseTransaction? within = null, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            within,
            "delete from ref_state where repository = @repository and ref = @gitRef",
            new { repository = StoredName.Of(repository), gitRef = gitRef.Value },
            cancellationToken);
}
