using Barcelona.GitOps.Core.Names;
using LibGit2Sharp;

namespace Barcelona.GitOps.Commands;

/// <summary>The folder that a person works in: where barcelona.yml is, and what git says of it.</summary>
internal sealed class WorkingCopy : IDisposable
{
    private const string Manifest = "barcelona.yml";

    private readonly Repository _git;

    private WorkingCopy(string fileName, Repository git, CommitSha commit)
    {
        (FileName, _git, Commit) = (fileName, git, commit);
        Repository = NameOf(git);
        Ref = RefOf(git, commit);
    }

    public string FileName { get; }

    public RepositoryName Repository { get; }

    public CommitSha Commit { get; }

    /// <summary>The branch that is checked out, or the tag.</summary>
    public GitRef Ref { get; }

    /// <exception cref="CommandInputException">There is no file, or the folder is no git repository with a commit and a GitHub remote.</exception>
    public static WorkingCopy Open(string path)
    {
        var file = !Directory.Exists(path) ? path : path is "." or "./" ? Manifest : Path.Combine(path, Manifest);
        if (!File.Exists(file))
        {
            throw new CommandInputException($"There is no {file}.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";
        var discovered = LibGit2Sharp.Repository.Discover(folder) ?? throw new CommandInputException($"{folder} is not in a git repository.");
        var git = new Repository(discovered);
        try
        {
            var commit = git.Head.Tip ?? throw new CommandInputException($"{folder} has no commit yet.");
            return new(file, git, CommitSha.Parse(commit.Sha));
        }
        catch
        {
            git.Dispose();
            throw;
        }
    }

    /// <summary>The merge base with a branch as it is here, or was fetched; without one the commit itself, as in a deploy.</summary>
    public CommitSha MergeBaseWith(GitRef branch)
    {
        var tip = (_git.Branches[branch.ShortName] ?? _git.Branches["origin/" + branch.ShortName])?.Tip;
        var common = tip is null ? null : _git.ObjectDatabase.FindMergeBase(tip, _git.Head.Tip);
        return common is null ? Commit : CommitSha.Parse(common.Sha);
    }

    public void Dispose() => _git.Dispose();

    /// <summary>Without a branch the tag that is checked out; without either, what a push to main would be.</summary>
    private static GitRef RefOf(Repository git, CommitSha commit)
    {
        if (!git.Info.IsHeadDetached)
        {
            return GitRef.Branch(git.Head.FriendlyName);
        }

        var tag = git.Tags.FirstOrDefault(t => t.PeeledTarget.Sha == commit.Value);
        return tag is null ? GitRef.Branch("main") : GitRef.Tag(tag.FriendlyName);
    }

    /// <summary>The last two parts of the remote's address, whatever its form: https, ssh, or a path.</summary>
    private static RepositoryName NameOf(Repository repository)
    {
        var url = repository.Network.Remotes["origin"]?.Url
            ?? throw new CommandInputException("The repository has no remote 'origin', so its name on GitHub is not known.");
        var parts = url.TrimEnd('/').Split('/', ':');
        var name = parts[^1].EndsWith(".git", StringComparison.Ordinal) ? parts[^1][..^4] : parts[^1];
        return parts.Length > 1 && RepositoryName.TryParse($"{parts[^2]}/{name}", out var found)
            ? found
            : throw new CommandInputException($"'{url}' does not end in owner/name, so the repository's name on GitHub is not known.");
    }
}
