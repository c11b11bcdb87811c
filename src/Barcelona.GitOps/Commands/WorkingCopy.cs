using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Commands;

/// <summary>The folder that a person works in: where barcelona.yml is, and what git says of it.</summary>
internal sealed record WorkingCopy(string FileName, RepositoryName Repository, CommitSha Commit, GitRef Branch)
{
    private const string Manifest = "barcelona.yml";

    /// <exception cref="PlanInputException">There is no file, or the folder is no git repository with a commit and a GitHub remote.</exception>
    public static WorkingCopy Open(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, Manifest) : path;
        if (!File.Exists(file))
        {
            throw new PlanInputException($"There is no {file}.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";
        var discovered = LibGit2Sharp.Repository.Discover(folder) ?? throw new PlanInputException($"{folder} is not in a git repository.");
        using var repository = new LibGit2Sharp.Repository(discovered);
        var commit = repository.Head.Tip ?? throw new PlanInputException($"{folder} has no commit yet.");
        return new(file, NameOf(repository), CommitSha.Parse(commit.Sha), GitRef.Branch(repository.Info.IsHeadDetached ? "main" : repository.Head.FriendlyName));
    }

    /// <summary>The last two parts of the remote's address, whatever its form: https, ssh, or a path.</summary>
    private static RepositoryName NameOf(LibGit2Sharp.Repository repository)
    {
        var url = repository.Network.Remotes["origin"]?.Url ?? throw new PlanInputException("The repository has no remote 'origin', so its name on GitHub is not known.");
        var parts = url.TrimEnd('/').Split('/', ':');
        var name = parts[^1].EndsWith(".git", StringComparison.Ordinal) ? parts[^1][..^4] : parts[^1];
        return parts.Length > 1 && RepositoryName.TryParse($"{parts[^2]}/{name}", out var found)
            ? found
            : throw new PlanInputException($"'{url}' does not end in owner/name, so the repository's name on GitHub is not known.");
    }
}
