namespace Barcelona.GitOps.Storage.Schema;

/// <summary>Version 2: who caused it. Of what was there before nobody knows.</summary>
internal static class Actors
{
    public const string Sql = """
        alter table lane add column actor text;
        alter table ref_event add column actor text;
        alter table run add column actor text;
        """;
}
