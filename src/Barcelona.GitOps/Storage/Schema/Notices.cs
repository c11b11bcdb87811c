namespace Barcelona.GitOps.Storage.Schema;

/// <summary>Version 5: what the channels of districts have been told. Of what was there before nobody is told.</summary>
internal static class Notices
{
    public const string Sql = """
        -- The state of which every channel has heard, or of which none needs to.
        alter table run add column notified text;
        update run set notified = state;
        create index run_unnotified on run (district, sequence) where notified is null or notified <> state;

        -- What a channel has heard of a run, for as long as another channel has not, or as the run goes on.
        create table notice (
            run_id text not null,
            channel text not null,
            said text not null,
            primary key (run_id, channel));

        -- How a channel of a district is doing. No address is in it: a channel goes by the path of its secret.
        create table notice_channel (
            district text not null,
            channel text not null,
            trouble text,
            failures bigint not null,
            due_at bigint not null,
            minute_at bigint not null,
            said_in_minute bigint not null,
            primary key (district, channel));
        """;
}
