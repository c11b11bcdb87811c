namespace Barcelona.GitOps.Storage.Schema;

/// <summary>Version 3: releases, what kind of run it is, and that somebody wants it to stop. All that was there before were deploys.</summary>
internal static class NumberedReleases
{
    public static string Sql(Dialect dialect) => $"""
        alter table run add column kind text not null default 'Deploy';
        alter table run add column reason text;
        alter table run add column check_sha text;
        alter table run add column of_release bigint;
        alter table run add column hold_sha text;
        alter table run add column restarts text;
        alter table run add column cancel_asked_at bigint;
        alter table run add column cancel_asked_by text;

        -- What each deploy that changed something asked for. No value of a secret is in it: a version's id is all that is known of one.
        create table release (
            id {dialect.Identity},
            district text not null,
            heritage text not null,
            number bigint not null,
            run_id text not null,
            kind text not null,
            of_release bigint,
            repository text not null,
            environment text not null,
            ref text not null,
            sha text not null,
            platform_sha text,
            image text not null,
            configuration text not null,
            parameters text not null,
            secrets text not null,
            fingerprint text not null,
            actor text,
            reason text,
            created_at bigint not null,
            ran_at bigint,
            unique (district, heritage, number));
        create index release_run on release (run_id);
        """;
}
