using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Routing;
using Barcelona.GitOps.Core.Templates.Tasks;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Reconciliation.Districts;
using Barcelona.GitOps.Reconciliation.Images;
using Barcelona.GitOps.Reconciliation.Platform;
using Barcelona.GitOps.Reconciliation.Releases;
using Barcelona.GitOps.Registries;

namespace Barcelona.GitOps.Commands;

/// <summary>The way from a working copy to a plan: the same parts as a deploy's, up to the first write.</summary>
internal static class LocalPlan
{
    private const int Empty = 0, Changes = 2, Error = 1;

    public static async Task<int> PrintAsync(PlanRequest request, TextWriter output, CancellationToken cancellationToken)
    {
        using var copy = WorkingCopy.Open(request.Path);
        var parsed = ManifestParser.Parse(copy.FileName, await File.ReadAllBytesAsync(copy.FileName, cancellationToken));
        await SayAsync(parsed.Diagnostics, output);
        if (parsed.Value is not { } manifest || parsed.HasErrors)
        {
            return Error;
        }

        var environment = manifest.Environments.FirstOrDefault(e => e.Key.Value == request.Environment)
            ?? throw new CommandInputException(
                $"{copy.FileName} has no environment '{request.Environment}'; "
                + $"it has {string.Join(", ", manifest.Environments.Select(e => e.Key.Value))}.");
        var files = await DistrictsAsync(request, environment, cancellationToken);
        var context = new TriggerContext { DefaultBranch = "", Districts = [.. files.Usable], Broken = [.. files.Broken] };
        switch (TriggerRules.WouldDeploy(manifest, environment, (copy.Repository, copy.Ref), context))
        {
            case TriggerDecision.Deploy deploy:
                return await PrintAsync(Inputs(request, copy, deploy), deploy, output, cancellationToken);
            case TriggerDecision.Refuse refuse:
                return await SayAsync(refuse.Diagnostics, output);
            case TriggerDecision.Validate validate:
                await output.WriteLineAsync($"{request.Environment} would not be deployed: {validate.Reason}.");
                return Empty;
            case var decision:
                throw new InvalidOperationException($"A plan by hand is never decided as {decision.GetType().Name}.");
        }
    }

    private static async Task<int> PrintAsync(
        ReleaseInputs inputs, TriggerDecision.Deploy deploy, TextWriter output, CancellationToken cancellationToken)
    {
        await using var services = Services();
        var aws = services.GetRequiredService<Reading>();
        if (await aws.Accounts.FindOtherAsync(inputs.District, cancellationToken) is { } other)
        {
            return await SayAsync([AccountDiagnostics.Wrong(deploy.PlaceOfDistrict, inputs.District.Name, (inputs.District.Account, other))], output);
        }

        var session = aws.Sessions.Own(inputs.District);
        var made = await aws.Made.ResolveAsync(session, inputs.Environment, cancellationToken);
        if (made.Refusals(deploy.PlaceOfDistrict) is { IsEmpty: false } refused)
        {
            return await SayAsync(refused, output);
        }

        (inputs, session) = (inputs with { District = made.District }, session with { District = made.District });
        var stacks = await aws.State.ReadStacksAsync(session, inputs.Target, cancellationToken);
        inputs = inputs with { Hold = StackMemory.KeptHold(inputs.Commit, stacks.AppStack?.Parameters) };
        var (resolved, notes, _) = await aws.References.ResolveAsync(
            session, inputs, stacks, _ => Task.FromResult(ImmutableArray<RuleInUse>.Empty), cancellationToken);

        // What the district does not allow is not looked up either.
        var built = DesiredStateBuilder.Build(resolved);
        var (digest, unseen) = built.Value is null ? (null, []) : await ImageAsync(aws, session, (resolved, stacks), cancellationToken);
        built = digest is null ? built : DesiredStateBuilder.Build(resolved with { ImageDigest = digest });
        ImmutableArray<Diagnostic> diagnostics =
        [
            .. notes, .. unseen, .. built.Diagnostics,
            .. await aws.References.MissingParametersAsync(session, inputs.Environment, cancellationToken),
        ];
        await SayAsync(diagnostics, output);
        if (built.Value is not { } desired || diagnostics.Any(d => d.IsError))
        {
            return Error;
        }

        var observed = await aws.State.ReadDetailsAsync(session, stacks, [.. desired.TaskDefinitions.Select(t => t.Family)], cancellationToken);
        var plan = Planner.Plan(desired, observed);
        await output.WriteLineAsync(PlanText.Of(plan));
        var refusal = StackOwnership.RefusalOf(inputs.Repository, inputs.Target, observed)
            ?? PlanGuards.DeletesEveryService(desired, observed.AppStack);
        if (refusal is not null)
        {
            await output.WriteLineAsync($"It would be refused: {refusal}");
        }

        var isHeld = StackMemory.HoldOf(stacks.AppStack?.Parameters) == inputs.Commit;
        if (isHeld)
        {
            await output.WriteLineAsync($"It would be held: {inputs.Target} was rolled back from this commit.");
        }

        return isHeld || refusal is not null ? Error : plan.IsEmpty ? Empty : Changes;
    }

    /// <summary>As a deploy would decide it just now. What is not there yet is no mistake: a plan does not wait.</summary>
    private static async Task<(string? Digest, ImmutableArray<Diagnostic> Unseen)> ImageAsync(
        Reading aws, AwsSession session, (ReleaseInputs Inputs, ObservedState Stacks) of, CancellationToken cancellationToken)
    {
        var (inputs, stacks) = of;
        if (inputs.Environment.ImageWait is null)
        {
            return (null, []);
        }

        if (ImageLookup.Recorded(stacks.AppStack, inputs.Commit, inputs.Image) is { } recorded)
        {
            return (recorded, []);
        }

        return await aws.Images.LookAsync(session, inputs.Environment, inputs.Image, cancellationToken) switch
        {
            ImageSight.Seen(var digest) => (digest, []),
            ImageSight.Refused(var diagnostic) =>
                (null, [ImageDiagnostics.Unseen(inputs.Environment, inputs.Image, diagnostic.Message.TrimEnd('.'))]),
            ImageSight.NotYet(var answer, _) => (null, [ImageDiagnostics.Unseen(inputs.Environment, inputs.Image, answer)]),
            var other => throw new InvalidOperationException($"A sight that nobody knows: {other.GetType().Name}."),
        };
    }

    private static async Task<int> SayAsync(ImmutableArray<Diagnostic> diagnostics, TextWriter output)
    {
        foreach (var diagnostic in diagnostics)
        {
            await output.WriteLineAsync(diagnostic.ToString());
        }

        return Error;
    }

    /// <summary>All of them: one may take an environment that names none.</summary>
    private static async Task<DistrictFiles> DistrictsAsync(PlanRequest request, EnvironmentManifest environment, CancellationToken cancellationToken)
    {
        var files = await CommandDistrict.AllAsync(request.Platform, cancellationToken);
        return environment.District is { } named && files.ByName.TryGetValue(named.Value, out var file) && file.HasErrors
            ? throw new CommandInputException(string.Join('\n', file.Diagnostics))
            : files;
    }

    private static ReleaseInputs Inputs(PlanRequest request, WorkingCopy copy, TriggerDecision.Deploy deploy) => new()
    {
        Repository = copy.Repository,
        Commit = copy.Commit,
        Ref = copy.Ref,
        Environment = deploy.Environment,

        // One's own credentials are to be asked, not the role that the service would assume.
        District = deploy.District with { Role = null },
        AskedAt = TimeProvider.System.GetUtcNow(),
        Image = $"{deploy.Environment.ImageName?.Value}:{request.ImageTag ?? Tag(deploy.Tag, copy)}",
    };

    private static string Tag(ImageTagRule rule, WorkingCopy copy) => rule switch
    {
        ImageTagRule.Pattern(var text) => ImageTag.Render(text, copy.Commit, copy.Ref),
        ImageTagRule.MergeBase(var mainline, _) => copy.MergeBaseWith(mainline).Value,
        _ => throw new InvalidOperationException($"A rule for image tags that nobody knows: {rule.GetType().Name}."),
    };

    private static ServiceProvider Services() => CommandDistrict.Aws(services => services
        .AddRegistries(new ConfigurationBuilder().AddEnvironmentVariables().Build())
        .AddSingleton<RegistryLogins>()
        .AddSingleton<ImageLookup>()
        .AddSingleton<References>()
        .AddSingleton<MadeDistricts>()
        .AddSingleton<Reading>());

    private sealed record Reading(
        AwsSessions Sessions, AccountCheck Accounts, AwsStateReader State, MadeDistricts Made, References References, ImageLookup Images);
}
