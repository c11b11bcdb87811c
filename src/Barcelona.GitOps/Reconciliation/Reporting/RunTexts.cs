using System.Globalization;
using System.Text;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.GitHub.Checks;
using Barcelona.GitOps.GitHub.Deployments;
using Barcelona.GitOps.Reconciliation.Images;
using Barcelona.GitOps.Reconciliation.Requests;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Reconciliation.Reporting;

/// <summary>What people read of a run: check, deployment status, page.</summary>
public sealed class RunTexts(IOptions<PublicUrlOptions> links, RollbackTexts rollbacks)
{
    public CheckReport ReportOf(Run run, RunProgress progress) => new()
    {
        Title = Title(run, progress),
        Summary = Summary(run, progress),
        Text = Text(run, progress),
        Annotations = [.. Remarks(run, progress).Select(CheckAnnotation.From)],
        Actions = Buttons.Of(run, progress),
        DetailsUrl = links.Value.RunUrl(run.Id),
    };

    /// <summary>Those that GitHub may have already come first: it adds what is new.</summary>
    private static IEnumerable<Diagnostic> Remarks(Run run, RunProgress progress)
    {
        var failing = progress.Failing is { IsGivenUp: true, Remark: { } early } ? early : null;
        var last = run.State == RunState.Failed ? progress.Remark : null;
        return progress.Diagnostics.Concat(new[] { failing, last }.OfType<Diagnostic>().Distinct());
    }

    /// <summary>With the release's number: GitHub keeps it when our database is lost.</summary>
    public DeploymentReport StatusOf(Run run, RunProgress progress) => new(
        run.State == RunState.Running && progress is { IsHeld: true, Waiting: not null } ? DeploymentPhase.Pending : PhaseOf(run.State),
        progress.Release is { } release
            ? string.Create(CultureInfo.InvariantCulture, $"Release {release}: {Title(run, progress)}")
            : Title(run, progress),
        links.Value.RunUrl(run.Id));

    public static CheckVerdict VerdictOf(RunState state) => state switch
    {
        RunState.Succeeded => CheckVerdict.Success,
        RunState.Failed or RunState.Rejected => CheckVerdict.Failure,
        RunState.Held => CheckVerdict.Neutral,
        RunState.Superseded or RunState.Cancelled => CheckVerdict.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A run that goes on has no verdict."),
    };

    /// <summary>One line: where it stands.</summary>
    public static string Title(Run run, RunProgress? progress = null) => run.State switch
    {
        RunState.Running when progress?.Waiting is { } what => $"Waiting for {what}",
        RunState.Running when progress?.Image is { IsWaitedFor: true } => $"Waiting for the image {run.Image}",
        RunState.Running when progress?.Failing is { } failing => $"Failing: {failing.Cause}",
        RunState.Queued => "Waiting for its turn",
        RunState.Running when run.IsOfDistrict => $"Making {run.District} as {run.Commit.Abbreviated} says",
        RunState.Running when run.Kind != RunKind.Deploy => RollbackTexts.UnderWay(run),
        RunState.Running => $"Deploying {run.Commit.Abbreviated} to {run.District}/{run.Heritage}",
        RunState.Succeeded when run.IsOfDistrict => $"{run.District} is as {run.Commit.Abbreviated} says",
        RunState.Succeeded when run.Kind != RunKind.Deploy => RollbackTexts.Done(run),
        RunState.Succeeded => $"Deployed {What(run)} to {run.District}/{run.Heritage}",
        RunState.Failed => $"Failed: {run.Cause}",
        RunState.Rejected => $"Refused: {run.Cause}",
        RunState.Superseded when run.SupersededBy == run.Commit => "Asked for again",
        RunState.Superseded => run.SupersededBy is { } by ? $"Superseded by {by.Abbreviated}" : "Superseded",
        RunState.Cancelled => $"Cancelled: {run.Cause}",
        RunState.Held => "Held: it was rolled back from",
        _ => throw new ArgumentOutOfRangeException(nameof(run), run.State, "Not a state of a run."),
    };

    private static string What(Run run) => run.Ref.IsTag ? run.Ref.ShortName : run.Commit.Abbreviated;

    private string Summary(Run run, RunProgress progress)
    {
        var summary = new StringBuilder();
        if (run.Cause is { } cause)
        {
            summary.AppendLine(MarkdownText.Inline(cause)).AppendLine();
        }

        if (run.State == RunState.Running && progress.Image is { IsWaitedFor: true } image)
        {
            summary.AppendLine(Waiting(run, image)).AppendLine();
        }

        if (run.State == RunState.Running && progress.Failing is { } failing)
        {
            summary.AppendLine(MarkdownText.Inline(Failing(failing))).AppendLine();
        }

        if (run.State == RunState.Succeeded)
        {
            summary.AppendLine(Success(run, progress.Wrote)).AppendLine();
        }

        summary.Append(rollbacks.Explain(run));

        summary.Append(
            CultureInfo.InvariantCulture,
            $"| | |\n|---|---|\n| commit | {MarkdownText.Code(run.Commit.Value)} |\n| ref | {MarkdownText.Code(run.Ref.ShortName)} |\n");
        if (run.Actor is { } actor)
        {
            summary.Append(CultureInfo.InvariantCulture, $"| by | {MarkdownText.Code(actor)} |\n");
        }

        if (progress.Approval?.By is { } approver)
        {
            summary.Append(CultureInfo.InvariantCulture, $"| approved by | {MarkdownText.Code(approver)} |\n");
        }

        if (progress.Release is { } release)
        {
            summary.Append(CultureInfo.InvariantCulture, $"| release | {release} |\n");
        }

        if (run.Image is { } name)
        {
            summary.Append(CultureInfo.InvariantCulture, $"| image | {MarkdownText.Code(name)} |\n");
        }

        foreach (var address in progress.Addresses)
        {
            summary.Append(CultureInfo.InvariantCulture, $"| load balancer | {MarkdownText.Code(address)} |\n");
        }

        return summary.ToString();
    }

    private static string Waiting(Run run, ImageProgress image)
    {
        var until = image.Until?.ToString("HH:mm", CultureInfo.InvariantCulture);
        var looked = image.Looks == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{image.Looks} times");
        return $"Waiting for the image {MarkdownText.Code(run.Image ?? "")} until {until} UTC; looked {looked}. "
            + $"The registry says: {MarkdownText.Inline(image.Answer)}. Nothing has been changed so far.";
    }

    private static string Failing(FailingRelease failing) => failing.IsGivenUp
        ? $"{failing.Cause} The release is given up; AWS is going back."
        : $"{failing.Cause} ECS tries again; if that goes on, the release is given up.";

    private static string Success(Run run, bool wrote) => (run.IsOfDistrict, wrote) switch
    {
        (true, true) => "The district and its endpoints are as the file asks for.",
        (true, false) => "Nothing had to change: the district and its endpoints already are as the file asks for.",
        (false, true) when run.IsRollback => "Every service runs the task definition that the release asked for.",
        (false, false) when run.IsRollback => "Nothing had to change: every service already runs what the release asked for.",
        (false, true) => "Every service runs the task definition that this commit asks for.",
        (false, false) => "Nothing had to change: every service already runs what this commit asks for.",
    };

    private static string Text(Run run, RunProgress progress)
    {
        var text = new StringBuilder();
        var early = run.State == RunState.Succeeded ? [] : progress.Failing?.Evidence ?? [];
        var evidence = progress.Evidence.IsEmpty ? early : progress.Evidence;
        if (!evidence.IsEmpty)
        {
            text.AppendLine("### Evidence").AppendLine(MarkdownText.Fence(string.Join('\n', evidence)));
        }

        if (!progress.Steps.IsEmpty)
        {
            text.AppendLine("### Steps").AppendLine();
            foreach (var step in progress.Steps)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {step.At:HH:mm:ss} {MarkdownText.Inline(step.Text)}\n");
            }

            text.AppendLine();
        }

        if (progress.BeforeDeploy is { HasSucceeded: true, Output: { IsDefaultOrEmpty: false } output })
        {
            text.AppendLine("### before_deploy").AppendLine(MarkdownText.Fence(string.Join('\n', output))).AppendLine();
        }

        if (progress.Plan is { } plan)
        {
            text.AppendLine("### Plan").AppendLine().Append(plan);
        }

        return text.ToString();
    }

    private static DeploymentPhase PhaseOf(RunState state) => state switch
    {
        RunState.Queued => DeploymentPhase.Queued,
        RunState.Running => DeploymentPhase.InProgress,
        RunState.Succeeded => DeploymentPhase.Success,
        RunState.Failed or RunState.Rejected => DeploymentPhase.Failure,
        RunState.Superseded or RunState.Cancelled or RunState.Held => DeploymentPhase.Inactive,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a run."),
    };
}
