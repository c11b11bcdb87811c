using System.Collections.Immutable;
using System.Globalization;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Checks;

namespace Barcelona.GitOps.Reconciliation.Intake;

/// <param name="Check">The check's name, which branch protection may depend on.</param>
/// <param name="Id">See <c>CheckIds</c>.</param>
public sealed record CheckSubject(string Check, string Id)
{
    /// <summary>What is right, or not.</summary>
    public string What { get; init; } = ManifestReader.FileName;
}

/// <summary>Reports what a file says of itself: errors and warnings on their very lines.</summary>
public sealed class FileCheck(GitHubClients gitHub, CheckRunReporter checks)
{
    public async Task ReportAsync(
        CommitSubject subject, CheckSubject check, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var verdict = diagnostics.Any(d => d.IsError) ? CheckVerdict.Failure : CheckVerdict.Success;
        await ReportAsync(subject, check, (verdict, ReportOf(check.What, diagnostics)), cancellationToken);
    }

    public async Task ReportAsync(CommitSubject subject, CheckSubject check, (CheckVerdict, CheckReport) said, CancellationToken cancellationToken)
    {
        var (verdict, report) = said;
        var client = await gitHub.ForAsync(subject.Installation, subject.Repository, cancellationToken);
        var identity = new CheckIdentity(subject.Commit, check.Check, check.Id);
        if (await checks.FindByExternalIdAsync(client, identity, cancellationToken) is { } id)
        {
            await checks.CompleteAsync(client, id, verdict, report, cancellationToken);
        }
        else
        {
            await checks.CreateCompletedAsync(client, identity, verdict, report, cancellationToken);
        }
    }

    private static CheckReport ReportOf(string what, ImmutableArray<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Count(d => d.IsError);
        var others = diagnostics.Length - errors;
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{errors} {(errors == 1 ? "error" : "errors")}{(others == 0 ? "" : $", {others} {(others == 1 ? "remark" : "remarks")}")}");
        return new CheckReport
        {
            Title = errors > 0 ? counts : others > 0 ? $"{what} is right; {counts}" : $"{what} is right",
            Summary = errors > 0
                ? "Nothing is changed by this commit. Each error is shown on its line; `barcelona validate` finds the same on your machine."
                : "Every key is known and every value is allowed.",
            Annotations = [.. diagnostics.Select(CheckAnnotation.From)],
        };
    }
}
