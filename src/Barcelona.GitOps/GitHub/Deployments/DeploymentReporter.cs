using System.Collections.Immutable;
using System.Text.Json;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.GitHub.Http;
using Octokit;

namespace Barcelona.GitOps.GitHub.Deployments;

/// <summary>Writes GitHub deployments and their statuses (https://docs.github.com/rest/deployments).</summary>
public sealed class DeploymentReporter
{
    private const string Task = "deploy";

    /// <summary>Makes the deployment and returns its number. An answer lost on the way is made up for by looking for what was made.</summary>
    /// <remarks>After a crash, ask <see cref="FindAsync"/> first.</remarks>
    public async Task<long> CreateAsync(
        RepositoryClient github, DeploymentIdentity deployment, string description, CancellationToken cancellationToken)
    {
        var request = new NewDeployment(deployment.Commit.Value)
        {
            Task = Task,
            Environment = deployment.Environment,
            Description = GitHubText.Line(description, GitHubText.MaxDescription),
            AutoMerge = false,
            // Without this any pending check of the commit, our own included, is a 409.
            RequiredContexts = [],
            // Flat and of strings only: Octokit-based tools cannot list deployments with anything else.
            Payload = new() { [DeploymentIdentity.PayloadKey] = deployment.Id },
        };

        try
        {
            return (await github.Api.PostAsync<DeploymentAnswer>(github.Path("deployments"), request, cancellationToken)).Id;
        }
        catch (GitHubUnavailableException e) when (e.MayHaveHappened)
        {
            if (await FindAsync(github, deployment, cancellationToken) is { } id)
            {
                return id;
            }

            throw;
        }
    }

    /// <summary>The number of a deployment of ours that was made earlier; null when there is none.</summary>
    public async Task<long?> FindAsync(RepositoryClient github, DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        var query = $"sha={deployment.Commit}&environment={Uri.EscapeDataString(deployment.Environment)}&task={Task}&per_page=100";
        await foreach (var page in github.Api.PagesAsync<List<DeploymentAnswer>>(github.Path($"deployments?{query}"), cancellationToken))
        {
            if (page.Find(d => DeploymentPayload.IdIn(d.Payload) == deployment.Id) is { } found)
            {
                return found.Id;
            }
        }

        return null;
    }

    /// <summary>Deployments of ours that have not ended, among the newest hundred. One request, and one for each that is young enough.</summary>
    public async Task<ImmutableArray<OpenDeployment>> UnfinishedAsync(
        RepositoryClient github, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var newest = await github.Api.GetAsync<List<DeploymentAnswer>>(github.Path($"deployments?task={Task}&per_page=100"), cancellationToken);
        var found = ImmutableArray.CreateBuilder<OpenDeployment>();
        foreach (var deployment in newest.Where(d => d.CreatedAt >= since))
        {
            if (DeploymentPayload.IdIn(deployment.Payload) is { } id && CommitSha.TryParse(deployment.Sha, out var commit)
                && await LatestAsync(github, deployment.Id, cancellationToken) is null or { State: "queued" or "pending" or "in_progress" })
            {
                found.Add(new(deployment.Id, new(commit, deployment.Environment, id)));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Whether that is the deployment's newest status.</summary>
    public async Task<bool> SaysAsync(RepositoryClient github, long deployment, DeploymentReport report, CancellationToken cancellationToken) =>
        (await LatestAsync(github, deployment, cancellationToken))?.Says(report) is true;

    /// <summary>Adds a status, from then on the one that counts.</summary>
    public Task ReportAsync(RepositoryClient github, long deployment, DeploymentReport report, CancellationToken cancellationToken)
    {
        var request = new NewDeploymentStatus(StateOf(report.Phase))
        {
            Description = DescriptionOf(report),
            LogUrl = report.LogUrl?.AbsoluteUri,
            EnvironmentUrl = report.EnvironmentUrl?.AbsoluteUri,
            AutoInactive = true,
        };
        return github.Api.PostAsync<StatusAnswer>(StatusesOf(github, deployment), request, cancellationToken);
    }

    private static string DescriptionOf(DeploymentReport report) => GitHubText.Line(report.Description, GitHubText.MaxDescription);

    private static async Task<StatusAnswer?> LatestAsync(RepositoryClient github, long deployment, CancellationToken cancellationToken) =>
        (await github.Api.GetAsync<List<StatusAnswer>>($"{StatusesOf(github, deployment)}?per_page=10", cancellationToken)).MaxBy(s => s.Id);

    private static string StatusesOf(RepositoryClient github, long deployment) => github.Path($"deployments/{deployment}/statuses");

    private static DeploymentState StateOf(DeploymentPhase phase) => phase switch
    {
        DeploymentPhase.Queued => DeploymentState.Queued,
        DeploymentPhase.Pending => DeploymentState.Pending,
        DeploymentPhase.InProgress => DeploymentState.InProgress,
        DeploymentPhase.Success => DeploymentState.Success,
        DeploymentPhase.Failure => DeploymentState.Failure,
        DeploymentPhase.Error => DeploymentState.Error,
        DeploymentPhase.Inactive => DeploymentState.Inactive,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "Not a phase."),
    };

    private sealed record DeploymentAnswer(long Id, string Sha, string Environment, DateTimeOffset CreatedAt, JsonElement Payload);

    private sealed record StatusAnswer(long Id, string State, string? Description, string? LogUrl, string? EnvironmentUrl)
    {
        public bool Says(DeploymentReport report) =>
            string.Equals(State.Replace("_", "", StringComparison.Ordinal), report.Phase.ToString(), StringComparison.OrdinalIgnoreCase)
            && (Description ?? "") == DescriptionOf(report)
            && (LogUrl ?? "") == (report.LogUrl?.AbsoluteUri ?? "")
            && (EnvironmentUrl ?? "") == (report.EnvironmentUrl?.AbsoluteUri ?? "");
    }
}
