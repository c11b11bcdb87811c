using Barcelona.GitOps.GitHub.Checks;

namespace Barcelona.GitOps.Reconciliation.Requests;

/// <summary>What people can press on a run's check; the identifiers are what a request asks for, whichever way it comes.</summary>
internal static class Buttons
{
    public const string Approve = "approve", Retry = "retry";

    public static CheckAction ToApprove { get; } = new("Approve", "Deploy this commit", Approve);

    public static CheckAction ToRetry { get; } = new("Retry", "Deploy this commit once more", Retry);
}
