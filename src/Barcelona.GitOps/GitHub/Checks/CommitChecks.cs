using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;

namespace Barcelona.GitOps.GitHub.Checks;

/// <summary>What everybody's tools say about a commit: check runs, and the older statuses. The newest of each name.</summary>
public static class CommitChecks
{
    public static async Task<ImmutableArray<CommitCheck>> ReadAsync(RepositoryClient github, CommitSha commit, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<CommitCheck>();
        var runs = new List<CheckRunAnswer>();
        await foreach (var page in github.Api.PagesAsync<CheckRunPage>(
            github.Path($"commits/{commit}/check-runs?filter=latest&per_page=100"), cancellationToken))
        {
            runs.AddRange(page.CheckRuns);
        }

        // A check that was run again in another suite is there twice; of two Apps' checks of one name both count.
        found.AddRange(runs.GroupBy(r => (r.Name, r.App?.Id)).Select(g => g.MaxBy(r => r.Id)).OfType<CheckRunAnswer>().Select(Check));
        await foreach (var page in github.Api.PagesAsync<CombinedStatus>(github.Path($"commits/{commit}/status?per_page=100"), cancellationToken))
        {
            found.AddRange(page.Statuses.Select(Status));
        }

        return found.ToImmutable();
    }

    // A skipped or neutral check lets a pull request be merged, too.
    private static CommitCheck Check(CheckRunAnswer run) => new(run.Name, (run.Status, run.Conclusion) switch
    {
        ("completed", "success" or "neutral" or "skipped") => CommitCheckState.Passed,
        ("completed", _) => CommitCheckState.Failed,
        _ => CommitCheckState.Pending,
    }, run.Conclusion ?? run.Status, run.HtmlUrl);

    private static CommitCheck Status(StatusAnswer status) => new(status.Context, status.State switch
    {
        "success" => CommitCheckState.Passed,
        "pending" => CommitCheckState.Pending,
        _ => CommitCheckState.Failed,
    }, status.State, status.TargetUrl);

    private sealed record CheckRunPage(List<CheckRunAnswer> CheckRuns);

    private sealed record CheckRunAnswer(long Id, string Name, string Status, string? Conclusion, string? HtmlUrl, AppAnswer? App);

    private sealed record AppAnswer(long Id);

    private sealed record CombinedStatus(List<StatusAnswer> Statuses);

    private sealed record StatusAnswer(string Context, string State, string? TargetUrl);
}
