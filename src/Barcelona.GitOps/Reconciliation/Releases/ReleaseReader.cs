using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Reconciliation.Districts;
using Barcelona.GitOps.Reconciliation.Intake;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Running;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Reconciliation.Releases;

/// <summary>What a run wants, as git and the district say it now.</summary>
public sealed record WantedRelease
{
    public required EnvironmentManifest Environment { get; init; }

    public required District District { get; init; }

    /// <summary>Where the file names the district.</summary>
    public required SourceSpan PlaceOfDistrict { get; init; }

    public required AwsSession Session { get; init; }

    /// <summary>Name and tag.</summary>
    public required string Image { get; init; }

    /// <summary>What is to be deployed whatever the tag stands for now; null: that is looked up.</summary>
    public string? PinnedDigest { get; init; }

    /// <summary>Warnings of the file.</summary>
    public required ImmutableArray<Diagnostic> Remarks { get; init; }

    /// <summary>Of the platform repository; empty when the districts come from a folder.</summary>
    public required string PlatformCommit { get; init; }

    /// <summary>For people: with tag and digest.</summary>
    /// <param name="digest">Null: it was not looked up.</param>
    public string ReadableImage(string? digest) => digest is null ? Image : $"{Image}@{digest}";
}

/// <summary>What came of reading what a run wants.</summary>
public abstract record ReleaseReading
{
    private ReleaseReading() { }

    public sealed record Wanted(WantedRelease Release) : ReleaseReading;

    /// <summary>What stands against it.</summary>
    public sealed record Refused(ImmutableArray<Diagnostic> Diagnostics) : ReleaseReading;

    /// <summary>It cannot be told yet; look again.</summary>
    public sealed record Waiting(string What) : ReleaseReading;
}

/// <summary>
/// Reads barcelona.yml at the run's commit and the district as it is now. Both sides are asked again in every pass: consent may have been taken
/// back, or given to another district.
/// </summary>
public sealed class ReleaseReader(
    ManifestReader manifests, IDistrictSource districts, ImageTags tags, AwsSessions sessions, AccountCheck accounts, MadeDistricts made, Runs runs)
{
    public async Task<ReleaseReading> ReadAsync(Run run, CancellationToken cancellationToken)
    {
        var subject = new CommitSubject(run.Installation, run.Repository, run.Commit);
        var parsed = await manifests.ReadAsync(subject, cancellationToken);
        if (parsed?.Value is not { } manifest || parsed.HasErrors)
        {
            return new ReleaseReading.Refused(
                parsed?.Diagnostics ??
                [
                    FileDiagnostics.Missing(ManifestReader.FileName, $"There is no {ManifestReader.FileName} at {run.Commit.Abbreviated}."),
                ]);
        }

        var files = await districts.ReadAsync(cancellationToken);
        var branch = run.Ref.IsBranch ? run.Ref.ShortName : "";
        var context = new TriggerContext
        {
            DefaultBranch = branch,
            Districts = [.. files.Usable],
            Broken = [.. files.Broken],
            LastDistricts = ImmutableDictionary<string, string>.Empty.Add(run.Environment, run.District),
        };
        var decision = TriggerRules.Evaluate(manifest, EventOf(run), context).FirstOrDefault(d => d.Environment.Key.Value == run.Environment);
        return decision switch
        {
            TriggerDecision.Refuse(var refusals) => new ReleaseReading.Refused(refusals),
            TriggerDecision.Deploy deploy when MovedFrom(run, deploy) is { } moved => new ReleaseReading.Refused([.. parsed.Diagnostics, moved]),
            TriggerDecision.Deploy deploy when await accounts.FindOtherAsync(deploy.District, cancellationToken) is { } other =>
                new ReleaseReading.Refused(
                    [
                        .. parsed.Diagnostics,
                        AccountDiagnostics.Wrong(deploy.PlaceOfDistrict, deploy.District.Name, (deploy.District.Account, other)),
                    ]),
            TriggerDecision.Deploy deploy => await WantedAsync(run, deploy, new(parsed.Diagnostics, files.Commit), cancellationToken),
            _ => new ReleaseReading.Refused(
                [FileDiagnostics.Missing(ManifestReader.FileName, $"{run.Environment} is no longer deployed by {run.Ref.ShortName}.")]),
        };
    }

    /// <summary>Lease and rights are those of the target that the run was made for: it is never another that is written.</summary>
    /// <returns>Null: that is where the files lead.</returns>
    private static Diagnostic? MovedFrom(Run run, TriggerDecision.Deploy deploy)
    {
        var (from, to) = (
            $"{new DeployTarget(run.District, run.Heritage)}",
            $"{new DeployTarget(deploy.District.Name, deploy.Environment.Name.Value)}");
        var progress = RunProgress.Parse(run.Detail);
        if (from == to && (progress.Place ?? progress.TakenOver) is { } begun
            && !begun.IsIn(AwsPlace.Of(deploy.District)))
        {
            (from, to) = (
                $"{from} in {begun.Region} of account {begun.Account}",
                $"{to} in {deploy.District.Region} of account {deploy.District.Account}");
        }

        return from == to ? null : MovedDiagnostics.Elsewhere(deploy.PlaceOfDistrict, run.Repository, run.Environment, (from, to));
    }

    private async Task<ReleaseReading> WantedAsync(Run run, TriggerDecision.Deploy deploy, Provenance from, CancellationToken cancellationToken)
    {
        var session = sessions.For(deploy.District, new SessionPurpose(run.Repository, run.Commit, run.Actor));
        var resolved = await made.ResolveAsync(session, deploy.Environment, cancellationToken);
        if (resolved.Refusals(deploy.PlaceOfDistrict) is { IsEmpty: false } refusals)
        {
            // What is being made is waited for: pushing a district and an application at once is no mistake.
            var isUnderWay = !deploy.District.Delete
                && (resolved.IsUnderWay || (await runs.ActiveForTargetAsync(deploy.District.Name, "", cancellationToken)).Count > 0);
            return isUnderWay
                ? new ReleaseReading.Waiting($"district {deploy.District.Name} is being made")
                : new ReleaseReading.Refused([.. from.Remarks, .. refusals]);
        }

        var pinned = run.PinnedImage?.Split('@', 2);
        return new ReleaseReading.Wanted(new()
        {
            Environment = pinned is null ? deploy.Environment : AsItRan(deploy.Environment, isByDigest: pinned.Length == 2),
            District = resolved.District,
            PlaceOfDistrict = deploy.PlaceOfDistrict,
            Session = session with { District = resolved.District },
            Image = pinned?[0] ?? $"{deploy.Environment.ImageName?.Value}:{await tags.RenderAsync(run, deploy.Tag, cancellationToken)}",
            PinnedDigest = pinned is [_, var digest] ? digest : null,
            Remarks = run.IsRollback && deploy.Environment.BeforeDeploy is { } left
                ? from.Remarks.Add(RollbackDiagnostics.BeforeDeployIsNotRun(left.Span))
                : from.Remarks,
            PlatformCommit = from.PlatformCommit,
        });
    }

    /// <summary>What prepares a new release is not done again for one that ran already; a tag that was deployed unseen is so again.</summary>
    private static EnvironmentManifest AsItRan(EnvironmentManifest environment, bool isByDigest) =>
        environment with { BeforeDeploy = null, ImageWait = isByDigest ? environment.ImageWait : null };

    // What was pushed decided long ago that there is a run; skip words and the default branch's name have had their say then.
    private static RepositoryEvent EventOf(Run run) => run.Ref.IsTag
        ? new RepositoryEvent.TagPushed(run.Repository, run.Installation, run.Ref, run.Commit.Value, "")
        : new RepositoryEvent.BranchPushed(run.Repository, run.Installation, run.Ref, run.Commit, "", run.Ref.ShortName);

    private sealed record Provenance(ImmutableArray<Diagnostic> Remarks, string PlatformCommit);
}
