namespace Barcelona.GitOps.Storage.Schema;

/// <summary>Version 4: what people ask of a run once it is there, and approvals: bound to a commit, whichever run of it asks.</summary>
internal static class Requests
{
    public static string Sql(Dialect dialect) => $"""
        create table run_request (
            id {dialect.Identity},
            request_key text not null unique,
            run_id text not null,
            action text not null,
            actor text,
            origin text not null,
            asked_at bigint not null,
            handled_at bigint);
        create index run_request_pending on run_request (run_id) where handled_at is null;

        create table approval (
            repository text not null,
            environment text not null,
            sha text not null,
            actor text not null,
            given_at bigint not null,
            primary key (repository, environment, sha));
        """;
}
