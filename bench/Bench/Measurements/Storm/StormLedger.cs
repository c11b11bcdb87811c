using Npgsql;

namespace Barcelona.GitOps.Bench.Measurements.Storm;

/// <summary>Asks the service's database what came of a storm.</summary>
internal sealed class StormLedger(NpgsqlDataSource source)
{
    // The rows of all lanes are there for ever; who had one at which moment is not. A lease goes to another worker either after it was given back
    // or when it ran out; only the second can leave two at work, so it is written down, by the database and not by the service.
    private const string WatchSql = """
        create table bench_lease_taken (lane_id bigint not null, at timestamptz not null default clock_timestamp());
        create function bench_note_lease() returns trigger language plpgsql as $$
            begin insert into bench_lease_taken (lane_id) values (new.id); return null; end $$;
        create trigger bench_lease after update on lane for each row
            when (old.lease_owner is not null and new.lease_owner is not null and old.lease_token <> new.lease_token)
            execute function bench_note_lease();
        """;

    private const string QuietSql = """
        select not exists (select 1 from delivery where handled_at is null)
            and not exists (select 1 from lane where kind <> 'sweep' and (due_at is not null or lease_owner is not null))
            and not exists (select 1 from run where reported is null or reported <> state)
        """;

    private const string OverlapSql = """
        select count(*) from run a join run b on a.district = b.district and a.heritage = b.heritage and a.id <> b.id
        where a.started_at is not null and b.started_at is not null
            and a.started_at <= b.started_at and b.started_at < a.finished_at
        """;

    public async Task WatchLeasesAsync(CancellationToken stop)
    {
        await using var command = source.CreateCommand(WatchSql);
        await command.ExecuteNonQueryAsync(stop);
    }

    public Task<bool> IsQuietAsync(CancellationToken stop) => AskAsync<bool>(QuietSql, stop);

    public async Task<ObservedStorm> ReadAsync(ObservedStorm seen, CancellationToken stop) => seen with
    {
        Runs = await AskAsync<long>("select count(*) from run", stop),
        OverlappingRuns = await AskAsync<long>(OverlapSql, stop),
        LeasesTaken = await AskAsync<long>("select count(*) from bench_lease_taken", stop),
        OtherVerdicts = await AskAsync<long>("select count(*) from run where state not in ('Succeeded', 'Superseded')", stop),
    };

    private async Task<T> AskAsync<T>(string sql, CancellationToken stop)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(stop) is T answer ? answer : throw new InvalidOperationException($"No answer to: {sql}");
    }
}
