namespace Barcelona.GitOps.Storage.Schema;

/// <summary>Version 7: a verdict that GitHub refuses is not told at every pass. Of what was there before it is asked once more.</summary>
internal static class RefusedVerdicts
{
    public const string Sql = "alter table run add column tell_at bigint;";
}
