using System.Collections.Immutable;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Triggers;
using Barcelona.GitOps.Reconciliation.Releases;

namespace Barcelona.GitOps.Commands;

/// <summary>The way from a working copy to a plan: the same parts as a deploy's, up to the first write.</summary>
internal static class LocalPlan
{
    private const int Empty = 0, Changes = 2, Error = 1;

    public static async Task<int> PrintAsync(PlanRequest request, TextWriter output, CancellationToken cancellationToken)
    {
        var copy = WorkingCopy.Open(request.Path);
        var parsed = ManifestParser.Parse(copy.FileName, await File.ReadAllBytesAsync(copy.FileName, cancellationToken));
        if (parsed.Value is not { } manifest || parsed.HasErrors)
        {
            return await RefuseAsync(parsed.Diagnostics, output);
        }

        var environment = manifest.Environments.FirstOrDefault(e => e.Key.Value == request.Environment)
            ?? throw new PlanInputException($"{copy.FileName} has no environment '{request.Environment}'; it has {string.Join(", ", manifest.Environments.Select(e => e.Key.Value))}.");
        var district = await DistrictOfAsync(request, environment, cancellationToken);
        await using var services = Services();
        return await PrintAsync(services.GetRequiredService<Reading>(), Inputs(request, copy, environment, district), output, cancellationToken);
    }

    private static async Task<int> PrintAsync(Reading aws, ReleaseInputs inputs, TextWriter output, CancellationToken cancellationToken)
    {
        var session = aws.Sessions.For(inputs.District, new SessionPurpose(inputs.Repository, inputs.Commit, "plan"));
        var stacks = await aws.State.ReadStacksAsync(session, inputs.Target, cancellationToken);
        var (resolved, notes, _) = await aws.References.ResolveAsync(session, inputs, stacks, _ => Task.FromResult(ImmutableArray<Core.Templates.Routing.RuleInUse>.Empty), cancellationToken);
        var built = DesiredStateBuilder.Build(resolved);
        ImmutableArray<Diagnostic> diagnostics = [.. notes, .. built.Diagnostics, .. await aws.References.MissingParametersAsync(session, inputs.Environment, cancellationToken)];
        if (built.Value is not { } desired || diagnostics.Any(d => d.IsError))
        {
            return await RefuseAsync(diagnostics, output);
        }

        var observed = await aws.State.ReadDetailsAsync(session, stacks, [.. desired.TaskDefinitions.Select(t => t.Family)], cancellationToken);
        var plan = Planner.Plan(desired, observed);
        await output.WriteLineAsync(PlanText.Of(plan));
        if (PlanGuards.Check(desired, observed, new Precedence.Allowed()) is [var refusal, ..])
        {
            await output.WriteLineAsync($"It would be refused: {refusal.Message} {refusal.Hint}");
            return Error;
        }

        return plan.IsEmpty ? Empty : Changes;
    }

    private static async Task<int> RefuseAsync(ImmutableArray<Diagnostic> diagnostics, TextWriter output)
    {
        foreach (var diagnostic in diagnostics)
        {
            await output.WriteLineAsync(diagnostic.ToString());
        }

        return Error;
    }

    private static async Task<District> DistrictOfAsync(PlanRequest request, EnvironmentManifest environment, CancellationToken cancellationToken)
    {
        var name = environment.District?.Value ?? throw new PlanInputException($"{request.Environment} names no district, so nothing would be deployed.");
        var file = Path.Combine(request.Platform ?? throw new PlanInputException("Say where the district files are: --platform FOLDER, or Platform__Directory."), "districts", $"{name}.yml");
        if (!File.Exists(file))
        {
            throw new PlanInputException($"There is no {file}.");
        }

        var parsed = DistrictParser.Parse(name, file, await File.ReadAllBytesAsync(file, cancellationToken));
        return parsed.Value ?? throw new PlanInputException(string.Join('\n', parsed.Diagnostics));
    }

    private static ReleaseInputs Inputs(PlanRequest request, WorkingCopy copy, EnvironmentManifest environment, District district) => new()
    {
        Repository = copy.Repository,
        Commit = copy.Commit,
        Ref = copy.Branch,
        Environment = environment,

        // One's own credentials are to be asked, not the role that the service would assume.
        District = district with { Role = null },
        Image = $"{environment.ImageName?.Value}:{request.ImageTag ?? ImageTag.Render(environment.ImageTag?.Value, copy.Commit, copy.Branch)}",
    };

    private static ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        return new ServiceCollection()
            .AddLogging()
            .AddAws(configuration)
            .AddSingleton<References>()
            .AddSingleton<Reading>()
            .BuildServiceProvider();
    }

    private sealed record Reading(AwsSessions Sessions, AwsStateReader State, References References);
}
