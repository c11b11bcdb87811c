using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Triggers;

/// <summary>What an event means for each environment of the file at its commit.</summary>
public static class TriggerRules
{
    /// <summary>The merge queue's own branches: what is tried there has not been merged.</summary>
    private const string MergeQueueBranches = "gh-readonly-queue/";

    /// <summary>One decision per environment, in the order of the file.</summary>
    public static ImmutableArray<TriggerDecision> Evaluate(BarcelonaManifest manifest, RepositoryEvent happened, TriggerContext context) =>
        happened switch
        {
            RepositoryEvent.BranchPushed pushed => OfBranch(manifest, pushed, context),
            RepositoryEvent.TagPushed pushed => OfTag(manifest, pushed, context),
            RepositoryEvent.PullRequestChanged => Each(manifest, "a pull request is checked, not deployed"),
            RepositoryEvent.MergeGroupRequested => Each(manifest, "the merge queue is checked, not deployed"),
            RepositoryEvent.CommitReported => Each(manifest, "what is said of a commit deploys nothing"),
            RepositoryEvent.CheckRerequested => Each(manifest, "a check was asked for again"),
            RepositoryEvent.ActionRequested => Each(manifest, "a button was pressed"),
            RepositoryEvent.RefDeleted deleted =>
                [.. manifest.Environments.Select(
                e => new TriggerDecision.Ignore($"{deleted.Ref.ShortName} was deleted; what runs stays") { Environment = e })],
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "There is no rule for this event."),
        };

    /// <summary>
    /// What a deploy of the environment from a ref would be, whether or not a push of it deploys: for a plan by hand.
    /// </summary>
    public static TriggerDecision WouldDeploy(
        BarcelonaManifest manifest, EnvironmentManifest environment, (RepositoryName Repository, GitRef Ref) from, TriggerContext context)
    {
        var isBcnds = from.Ref.IsBranch && environment.Deploy is not { On.Length: > 0 };
        var rule = isBcnds && manifest.Bcnd is { } bcnd
            ? OfBcnd(bcnd, environment.Key.Value, environment.Key.Value == bcnd.MainlineEnvironment ? bcnd.MainlineBranch : bcnd.StableBranch)
            : null;
        return Placed(environment, rule ?? new ImageTagRule.Pattern(environment.ImageTag?.Value), from, context);
    }

    private static ImmutableArray<TriggerDecision> Each(BarcelonaManifest manifest, string reason) =>
        [.. manifest.Environments.Select(e => new TriggerDecision.Validate(reason) { Environment = e })];

    private static ImmutableArray<TriggerDecision> OfBranch(BarcelonaManifest manifest, RepositoryEvent.BranchPushed pushed, TriggerContext context)
    {
        if (pushed.Ref.ShortName.StartsWith(MergeQueueBranches, StringComparison.Ordinal))
        {
            return Each(manifest, "the merge queue is checked, not deployed");
        }

        var decisions = manifest.Environments.Select(environment =>
        {
            if (ForBranch(manifest, environment, pushed.Ref, context.DefaultBranch) is not { } rule)
            {
                return new TriggerDecision.Ignore($"pushes to {pushed.Ref.ShortName} do not deploy it") { Environment = environment };
            }

            return SkipWords.In(pushed.HeadMessage) is { } word
                ? new TriggerDecision.Ignore($"the commit says {word}") { Environment = environment }
                : Placed(environment, rule, (pushed.Repository, pushed.Ref), context);
        });
        return RefuseSeveralDefaults(manifest, [.. decisions]);
    }

    // A commit that says [skip ci] is often the very one that a release tool makes and tags: skip words are for branches.
    private static ImmutableArray<TriggerDecision> OfTag(BarcelonaManifest manifest, RepositoryEvent.TagPushed pushed, TriggerContext context) =>
        [.. manifest.Environments.Select(environment => Asks(environment, TriggerKind.Tag, pushed.Ref)
            ? Placed(environment, new ImageTagRule.Pattern(environment.ImageTag?.Value), (pushed.Repository, pushed.Ref), context)
            : new TriggerDecision.Ignore($"the tag {pushed.Ref.ShortName} does not deploy it") { Environment = environment })];

    /// <summary>Null: the branch does not deploy the environment.</summary>
    private static ImageTagRule? ForBranch(BarcelonaManifest manifest, EnvironmentManifest environment, GitRef pushed, string defaultBranch)
    {
        var asWritten = new ImageTagRule.Pattern(environment.ImageTag?.Value);
        return environment.Deploy is { On.Length: > 0 } ? Asks(environment, TriggerKind.Branch, pushed) ? asWritten : null
            : manifest.Bcnd is { } bcnd ? OfBcnd(bcnd, environment.Key.Value, pushed.ShortName)
            : pushed.ShortName == defaultBranch ? asWritten
            : null;
    }

    // With bcnd in the file only the environments it names deploy without a `deploy` of their own.
    private static ImageTagRule? OfBcnd(BcndSettings bcnd, string environment, string branch) =>
        environment == bcnd.MainlineEnvironment && branch == bcnd.MainlineBranch ? new ImageTagRule.Pattern("{sha}")
        : environment == bcnd.StableEnvironment && branch == bcnd.StableBranch
            ? new ImageTagRule.MergeBase(GitRef.Branch(bcnd.MainlineBranch), GitRef.Branch(bcnd.StableBranch))
        : null;

    private static bool Asks(EnvironmentManifest environment, TriggerKind kind, GitRef pushed) =>
        environment.Deploy is { } deploy && deploy.On.Any(t => t.Kind == kind && Glob.IsMatch(t.Pattern, pushed.ShortName));

    private static TriggerDecision Placed(
        EnvironmentManifest environment, ImageTagRule rule, (RepositoryName Repository, GitRef Ref) pushed, TriggerContext context)
    {
        var placement = Placement.Of(environment, pushed.Repository, context);
        if (placement.Problem is { } problem)
        {
            return new TriggerDecision.Refuse([problem]) { Environment = environment };
        }

        if (placement.District is not { } district)
        {
            return new TriggerDecision.Validate("it names no district, and no district takes it") { Environment = environment };
        }

        if (environment.ImageName is null)
        {
            return new TriggerDecision.Validate("it has no image_name") { Environment = environment };
        }

        if (rule is ImageTagRule.Pattern { Text: { } pattern } && ImageTag.MissingPlaceholder(pattern, pushed.Ref) is { } missing)
        {
            var place = environment.ImageTag?.Span ?? environment.Key.Span;
            var misfit = TriggerDiagnostics.Placeholder(place, missing, pushed.Ref.IsTag ? "a tag" : "a branch");
            return new TriggerDecision.Refuse([misfit]) { Environment = environment };
        }

        return new TriggerDecision.Deploy(district, rule) { Environment = environment };
    }

    // The parser refuses two defaults among environments that name a district; those that district files took are only known here.
    private static ImmutableArray<TriggerDecision> RefuseSeveralDefaults(BarcelonaManifest manifest, ImmutableArray<TriggerDecision> decisions)
    {
        var defaults =
            decisions.OfType<TriggerDecision.Deploy>().Where(d => d.Environment.Deploy is not { On.Length: > 0 } && manifest.Bcnd is null).ToList();
        if (defaults.Count < 2)
        {
            return decisions;
        }

        var names = defaults.Select(d => d.Environment.Key.Value).ToList();
        return [.. decisions.Select(d => defaults.Contains(d)
            ? new TriggerDecision.Refuse([TriggerDiagnostics.SeveralDefaults(d.Environment.Key.Span, names)]) { Environment = d.Environment }
            : d)];
    }
}

/// <summary>Where an environment goes, both sides having been asked.</summary>
internal sealed record Placement(District? District, Diagnostic? Problem)
{
    public static Placement Of(EnvironmentManifest environment, RepositoryName repository, TriggerContext context)
    {
        var districts = context.Districts;
        if (environment.District is { } named)
        {
            return context.Broken.Contains(named.Value)
                ? new(null, TriggerDiagnostics.BrokenDistrict(named.Span, named.Value))
                : districts.FirstOrDefault(d => d.Name == named.Value) is not { } district
                ? new(null, TriggerDiagnostics.UnknownDistrict(named.Span, named.Value, Spelling.Hint(named.Value, districts.Select(d => d.Name))))
                : DistrictConsent.Accepts(district, repository, environment)
                ? new(district, null)
                : new(null, TriggerDiagnostics.NoConsent(named.Span, named.Value, repository.ToString()));
        }

        var takers = districts.Where(d => DistrictConsent.Takes(d, repository, environment)).ToList();
        return takers.Count > 1 ? new(null, TriggerDiagnostics.SeveralDistricts(environment.Key.Span, takers.Select(d => d.Name)))
            : takers is [] && context.LastDistricts.GetValueOrDefault(environment.Key.Value) is { } last && context.Broken.Contains(last)
                ? new(null, TriggerDiagnostics.BrokenDistrict(environment.Key.Span, last))
            : new(takers.FirstOrDefault(), null);
    }
}
