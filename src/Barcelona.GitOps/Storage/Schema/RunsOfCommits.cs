namespace Barcelona.GitOps.Storage.Schema;

/// <summary>Version 6: a status event names a commit, and a busy repository has thousands a day.</summary>
internal static class RunsOfCommits
{
    public const string Sql = "create index run_commit on run (sha);";
}
