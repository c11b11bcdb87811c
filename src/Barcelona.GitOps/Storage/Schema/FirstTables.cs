namespace Barcelona.GitOps.Storage.Schema;

/// <summary>Version 1.</summary>
internal static class FirstTables
{
    public static string Sql(Dialect dialect) => $"""
        -- The inbox: what GitHub sent, written before it is acknowledged.
        create table delivery (
            id text primary key,
            event text not null,
            body {dialect.Bytes} not null,
            received_at bigint not null,
            handled_at bigint,
            outcome text) {dialect.WideRows};
        create index delivery_new on delivery (received_at) where handled_at is null;

        -- One row for each thing that wants looking at; the latest wish wins.
        create table lane (
            id {dialect.Identity},
            kind text not null,
            key text not null,
            wanted bigint not null,
            done bigint not null,
            wanted_at bigint not null,
            due_at bigint,
            queued_until bigint not null,
            lease_owner text,
            lease_token bigint not null,
            lease_until bigint not null,
            unique (kind, key));
        create index lane_due on lane (due_at) where due_at is not null;
        create index lane_leased on lane (lease_until) where lease_owner is not null;

        -- Accepted events that wait for the lane of their ref.
        create table ref_event (
            id {dialect.Identity},
            delivery_id text not null,
            repository text not null,
            installation bigint not null,
            ref text not null,
            sha text,
            kind text not null,
            message text not null,
            default_branch text,
            received_at bigint not null,
            handled_at bigint,
            unique (delivery_id, repository, ref, kind));
        create index ref_event_pending on ref_event (repository, ref) where handled_at is null;

        -- What each ref pointed to when it was last looked at: the sweep compares.
        create table ref_state (
            repository text not null,
            ref text not null,
            sha text not null,
            looked_at bigint not null,
            primary key (repository, ref));

        create table repository (
            id text primary key,
            name text not null,
            installation bigint not null,
            default_branch text,
            is_private bigint,
            seen_at bigint not null);

        -- One row for each deploy of a target.
        create table run (
            sequence {dialect.Identity},
            id text not null unique,
            trigger_key text not null unique,
            district text not null,
            heritage text not null,
            repository text not null,
            installation bigint not null,
            environment text not null,
            ref text not null,
            sha text not null,
            platform_sha text,
            image text,
            state text not null,
            superseded_by text,
            cause text,
            detail text,
            check_run_id bigint,
            check_attempted_at bigint,
            deployment_id bigint,
            deployment_attempted_at bigint,
            reported text,
            attempt bigint not null,
            created_at bigint not null,
            updated_at bigint not null,
            started_at bigint,
            finished_at bigint);
        create index run_target on run (district, heritage, sequence);
        create index run_unreported on run (sequence) where reported is null or reported <> state;

        -- Listener rule priorities that a converge in flight is about to use.
        create table priority_reservation (
            listener_arn text not null,
            priority bigint not null,
            owner text not null,
            slot text not null,
            reserved_until bigint not null,
            primary key (listener_arn, priority));
        """;
}
