namespace Barcelona.GitOps.Storage.Schema;

/// <summary>
/// What happened to the tables, in order; the position is the schema's version. A migration that has been released is never edited:
/// the next one changes what it did. What an older binary cannot work with needs a new version, so that it refuses to start.
/// </summary>
internal static class Migrations
{
    public static IReadOnlyList<string> For(Dialect dialect) =>
    [
        FirstTables.Sql(dialect), Actors.Sql, NumberedReleases.Sql(dialect), Requests.Sql(dialect), Notices.Sql, RunsOfCommits.Sql,
        RefusedVerdicts.Sql,
    ];
}
