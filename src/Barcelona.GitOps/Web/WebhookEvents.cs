using System.Collections.Frozen;

namespace Barcelona.GitOps.Web;

/// <summary>The events that the App subscribes to. Others are acknowledged and not kept.</summary>
internal static class WebhookEvents
{
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        [
            "push", "create", "delete", "pull_request", "issue_comment", "check_run", "check_suite", "merge_group", "status", "workflow_run",
            "installation", "installation_repositories",
        ],
        StringComparer.Ordinal);

    public static bool AreKept(string name) => Known.Contains(name);
}
