using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.GitHub.Http;

namespace Barcelona.GitOps.GitHub;

/// <summary>One repository, read live. Made by <see cref="GitHubClients.ForAsync"/> for one job.</summary>
public sealed class RepositoryClient
{
    // A tag may point to a tag; GitHub itself shows no more than a few levels.
    private const int MaxTagDepth = 8;

    internal RepositoryClient(RepositoryName repository, GitHubApi api) => (Repository, Api) = (repository, api);

    public RepositoryName Repository { get; }

    /// <summary>Less than half of the installation's requests of this hour are left: what can be left out should be.</summary>
    public bool IsBudgetScarce => Api.IsBudgetScarce;

    internal GitHubApi Api { get; }

    /// <summary>The commit that a ref points to now, annotated tags peeled; null when there is no such ref, or it leads to no commit.</summary>
    public async Task<CommitSha?> HeadAsync(GitRef gitRef, CancellationToken cancellationToken)
    {
        var answer = await Api.FindAsync<RefAnswer>(Path($"git/ref/{Escape(gitRef.Value["refs/".Length..])}"), cancellationToken);
        var target = answer?.Object;
        for (var depth = 0; target is { Type: "tag" } && depth < MaxTagDepth; depth++)
        {
            target = (await Api.GetAsync<RefAnswer>(Path($"git/tags/{target.Sha}"), cancellationToken)).Object;
        }

        return target is { Type: "commit" } && CommitSha.TryParse(target.Sha, out var commit) ? commit : null;
    }

    /// <summary>All branches and tags with what they point to: a commit, or an annotated tag's own object.</summary>
    public async Task<ImmutableArray<RefTip>> HeadsAndTagsAsync(CancellationToken cancellationToken)
    {
        var tips = ImmutableArray.CreateBuilder<RefTip>();
        foreach (var kind in (string[])["heads/", "tags/"])
        {
            await foreach (var page in Api.PagesAsync<List<RefAnswer>>(Path($"git/matching-refs/{kind}"), cancellationToken))
            {
                foreach (var answer in page)
                {
                    if (GitRef.TryParse(answer.Ref, out var gitRef))
                    {
                        tips.Add(new(gitRef, answer.Object.Sha, IsAnnotatedTag: answer.Object.Type == "tag"));
                    }
                }
            }
        }

        return tips.ToImmutable();
    }

    /// <summary>The whole message of a commit; null when the repository has no such commit.</summary>
    public async Task<string?> CommitMessageAsync(CommitSha commit, CancellationToken cancellationToken)
    {
        try
        {
            return (await Api.FindAsync<CommitAnswer>(Path($"commits/{commit}"), cancellationToken))?.Commit.Message;
        }
        catch (GitHubRefusedException e) when (e.Status == HttpStatusCode.UnprocessableEntity)
        {
            // What GitHub answers for a well-formed hash that nothing has.
            return null;
        }
    }

    /// <summary>The head of a pull request that is open; null for any other. It may be a fork's.</summary>
    public async Task<CommitSha?> PullRequestHeadAsync(int number, CancellationToken cancellationToken)
    {
        var path = Path(string.Create(CultureInfo.InvariantCulture, $"pulls/{number}"));
        var pull = await Api.FindAsync<PullRequestAnswer>(path, cancellationToken);
        return pull is { State: "open" } && CommitSha.TryParse(pull.Head.Sha, out var head) ? head : null;
    }

    /// <summary>Whether somebody may push to the repository, as GitHub says at this moment.</summary>
    public async Task<bool> MayWriteAsync(string login, CancellationToken cancellationToken) =>
        await Api.FindAsync<PermissionAnswer>(Path($"collaborators/{Uri.EscapeDataString(login)}/permission"), cancellationToken)
            is { Permission: "write" or "admin" };

    public async Task<RepositoryFacts> DescribeAsync(CancellationToken cancellationToken)
    {
        var answer = await Api.GetAsync<RepositoryAnswer>($"repos/{Repository}", cancellationToken);
        return new(RepositoryName.Parse(answer.FullName), answer.DefaultBranch, answer.Private, answer.Archived);
    }

    internal string Path(string below) => $"repos/{Repository}/{below}";

    private static string Escape(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));

    private sealed record RefAnswer(string? Ref, GitObject Object);

    private sealed record GitObject(string Type, string Sha);

    private sealed record CommitAnswer(CommitDetails Commit);

    private sealed record PermissionAnswer(string Permission);

    private sealed record CommitDetails(string Message);

    private sealed record PullRequestAnswer(string State, PullRequestHead Head);

    private sealed record PullRequestHead(string Sha);

    private sealed record RepositoryAnswer(string FullName, string DefaultBranch, bool Private, bool Archived);
}
