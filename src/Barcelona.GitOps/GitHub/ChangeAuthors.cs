using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.GitHub.Http;

namespace Barcelona.GitOps.GitHub;

/// <summary>Somebody's part in a change.</summary>
/// <param name="What">A commit, or a pull request, for people.</param>
/// <param name="By">Logins, and what may be one: whoever merely wrote a name into a commit is not told from its owner.</param>
public sealed record AuthoredPart(string What, ImmutableArray<string> By);

/// <param name="Commits">40 hexadecimal digits each.</param>
/// <param name="IsComplete">False: GitHub has told of some of the commits only.</param>
public sealed record ChangeAuthorship(ImmutableArray<AuthoredPart> Parts, ImmutableArray<string> Commits, bool IsComplete);

/// <summary>Who has written what lies between two commits, or opened the pull request that brought it: three requests.</summary>
public sealed partial class ChangeAuthors(RepositoryClient client)
{
    /// <param name="since">What it comes on top of; null: only the head is looked at.</param>
    /// <exception cref="GitHubRefusedException">GitHub has no such commit, or does not show it.</exception>
    /// <exception cref="GitHubUnavailableException">Nobody can tell now.</exception>
    public async Task<ChangeAuthorship> ReadAsync(CommitSha? since, CommitSha head, CancellationToken cancellationToken)
    {
        var commit = await client.Api.GetAsync<CommitAnswer>(client.Path($"commits/{head}"), cancellationToken);
        var pulls = await client.Api.GetAsync<List<PullAnswer>>(client.Path($"commits/{head}/pulls?per_page=100"), cancellationToken);

        // Asked without pages GitHub tells of the newest 250, and of how many there are.
        // https://docs.github.com/en/rest/commits/commits#compare-two-commits
        var compared = since is null || since == head
            ? new ComparisonAnswer(0, [])
            : await client.Api.GetAsync<ComparisonAnswer>(client.Path($"compare/{since}...{head}"), cancellationToken);
        var commits = compared.Commits.Append(commit).DistinctBy(c => c.Sha).ToList();
        return new(
            [
                .. commits.Select(PartOf),
                .. pulls.Select(p => new AuthoredPart(
                    string.Create(CultureInfo.InvariantCulture, $"pull request #{p.Number}"), p.User?.Login is { } login ? [login] : [])),
            ],
            [.. commits.Select(c => c.Sha)],
            compared.Commits.Count >= compared.TotalCommits);
    }

    private static AuthoredPart PartOf(CommitAnswer answer)
    {
        var by = new List<string?> { answer.Author?.Login, answer.Committer?.Login };
        foreach (var person in new[] { answer.Commit.Author, answer.Commit.Committer }.OfType<GitPerson>())
        {
            by.AddRange([person.Name, LoginOf(person.Email)]);
        }

        foreach (Match trailer in CoAuthor().Matches(answer.Commit.Message))
        {
            by.AddRange([trailer.Groups["name"].Value, LoginOf(trailer.Groups["email"].Value)]);
        }

        return new(answer.Sha[..7], [.. by.OfType<string>().Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary><c>login@users.noreply.github.com</c>, or <c>1234+login@…</c>; null for any other address.</summary>
    private static string? LoginOf(string? email) => NoReply().Match(email ?? "") is { Success: true } match ? match.Groups["login"].Value : null;

    [GeneratedRegex(@"^[ \t]*co-authored-by:[ \t]*(?<name>[^<\r\n]*?)[ \t]*<(?<email>[^>\r\n]*)>", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex CoAuthor();

    [GeneratedRegex(@"^(\d+\+)?(?<login>[^@+]+)@users\.noreply\.github\.com$", RegexOptions.IgnoreCase)]
    private static partial Regex NoReply();

    private sealed record CommitAnswer(string Sha, CommitDetails Commit, PersonAnswer? Author, PersonAnswer? Committer);

    private sealed record CommitDetails(string Message, GitPerson? Author, GitPerson? Committer);

    private sealed record GitPerson(string? Name, string? Email);

    private sealed record PersonAnswer(string? Login);

    private sealed record PullAnswer(int Number, PersonAnswer? User);

    private sealed record ComparisonAnswer(int TotalCommits, List<CommitAnswer> Commits);
}
