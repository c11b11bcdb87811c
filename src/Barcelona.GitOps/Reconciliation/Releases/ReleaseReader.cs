using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>What a run wants, as git and the district say it now.</summary>
public sealed record WantedRelease
{
    public required EnvironmentManifest Environment { get; init; }

    public required District District { get; init; }

    public required AwsSession Session { get; init; }

    public required string Image { get; init; }

    /// <summary>Warnings of the file.</summary>
    public required ImmutableArray<Diagnostic> Remarks { get; init; }

    /// <summary>Of the platform repository; empty when the districts come from a folder.</summary>
    public required string PlatformCommit { get; init; }
}

/// <summary>Reads barcelona.yml at the run's commit and the district as it is now. Both sides are asked again in every pass: consent may have been taken back.</summary>
public sealed class ReleaseReader(ManifestReader manifests, IDistrictSource districts, ImageTags tags, AwsSessions sessions, AccountCheck accounts)
{
    /// <summary>The release; or, in its place, what stands against it.</summary>
    public async Task<(WantedRelease? Release, ImmutableArray<Diagnostic> Refusals)> ReadAsync(Run run, CancellationToken cancellationToken)
    {
        var subject = new CommitSubject(run.Installation, run.Repository, run.Commit);
        var parsed = await manifests.ReadAsync(subject, cancellationToken);
        if (parsed?.Value is not { } manifest || parsed.HasErrors)
        {
            return (null, parsed?.Diagnostics ?? [FileDiagnostics.Missing(ManifestReader.FileName, $"There is no {ManifestReader.FileName} at {run.Commit.Abbreviated}.")]);
        }

        var files = await districts.ReadAsync(cancellationToken);
        var context = new TriggerContext { DefaultBranch = run.Ref.IsBranch ? run.Ref.ShortName : "", Districts = [.. files.Usable] };
        var decision = TriggerRules.Evaluate(manifest, EventOf(run), context).FirstOrDefault(d => d.Environment.Key.Value == run.Environment);
        return decision switch
        {
            TriggerDecision.Refuse(var refusals) => (null, refusals),
            TriggerDecision.Deploy { Refusals: { IsEmpty: false } refusals } => (null, [.. parsed.Diagnostics, .. refusals]),
            TriggerDecision.Deploy deploy when await accounts.FindOtherAsync(deploy.District, cancellationToken) is { } other =>
                (null, [.. parsed.Diagnostics, AccountDiagnostics.Wrong(deploy.PlaceOfDistrict, deploy.District.Name, (deploy.District.Account, other))]),
            TriggerDecision.Deploy deploy => (await WantedAsync(run, deploy, new(parsed.Diagnostics, files.Commit), cancellationToken), []),
            _ => (null, [FileDiagnostics.Missing(ManifestReader.FileName, $"{run.Environment} is no longer deployed by {run.Ref.ShortName}.")]),
        };
    }

    private async Task<WantedRelease> WantedAsync(Run run, TriggerDecision.Deploy deploy, Provenance from, CancellationToken cancellationToken) => new()
    {
        Environment = deploy.Environment,
        District = deploy.District,
        Session = sessions.For(deploy.District, new SessionPurpose(run.Repository, run.Commit, "barcelona")),
        Image = $"{deploy.Environment.ImageName?.Value}:{await tags.RenderAsync(run, deploy.Tag, cancellationToken)}",
        Remarks = from.Remarks,
        PlatformCommit = from.PlatformCommit,
    };

    // What was pushed decided long ago that there is a run; skip words and the default branch's name have had their say then.
    private static RepositoryEvent EventOf(Run run) => run.Ref.IsTag
        ? new RepositoryEvent.TagPushed(run.Repository, run.Installation, run.Ref, run.Commit.Value, "")
        : new RepositoryEvent.BranchPushed(run.Repository, run.Installation, run.Ref, run.Commit, "", run.Ref.ShortName);

    private sealed record Provenance(ImmutableArray<Diagnostic> Remarks, string PlatformCommit);
}

/// <summary>The image tag of a run: from the file's pattern, or for bcnd's stable branch the hash of the merge base.</summary>
public sealed class ImageTags(IManifestSource git, RepositoryAccess access, RefResolver refs)
{
    public async Task<string> RenderAsync(Run run, ImageTagRule rule, CancellationToken cancellationToken) => rule switch
    {
        ImageTagRule.Pattern(var text) => ImageTag.Render(text, run.Commit, run.Ref),
        ImageTagRule.MergeBase(var mainline, _) => (await MergeBaseAsync(run, mainline, cancellationToken)).Value,
        _ => throw new InvalidOperationException($"A rule for image tags that nobody knows: {rule.GetType().Name}."),
    };

    private async Task<CommitSha> MergeBaseAsync(Run run, GitRef mainline, CancellationToken cancellationToken)
    {
        var repository = await access.ForAsync(run.Installation, run.Repository, cancellationToken);
        var head = await refs.ResolveAsync(run.Installation, run.Repository, mainline, cancellationToken);

        // Without a mainline, or without common history, the stable commit itself is what there is.
        return head is null ? run.Commit : await git.MergeBaseAsync(repository, head.Commit, run.Commit, cancellationToken) ?? run.Commit;
    }
}
