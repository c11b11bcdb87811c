using System.Text;
using LibGit2Sharp;

namespace Barcelona.GitOps.Sandbox.Git;

/// <summary>
/// A bare repository on disk. It stays open, since opening costs more than most questions, and is used by one thread at a time, as
/// LibGit2Sharp demands. What `git receive-pack` changes beside it is seen: refs are read from disk, unknown objects are looked for again.
/// </summary>
public sealed class BareRepository : IDisposable
{
    private const string BranchPrefix = "refs/heads/";
    private const string TagPrefix = "refs/tags/";

    private readonly Lock _gate = new();
    private readonly Repository _repository;
    private readonly HashSet<string> _gone = [];

    private BareRepository(string path)
    {
        Path = path;
        _repository = new Repository(path);
        Configure(_repository);
    }

    public string Path { get; }

    public static BareRepository Create(string path, string defaultBranch)
    {
        Repository.Init(path, isBare: true);
        var created = new BareRepository(path);
        created._repository.Refs.UpdateTarget("HEAD", BranchPrefix + defaultBranch);
        return created;
    }

    /// <summary>A copy with all branches and tags, as a fork starts.</summary>
    public BareRepository CopyTo(string path)
    {
        Repository.Clone(Path, path, new CloneOptions { IsBare = true });
        return new BareRepository(path);
    }

    /// <summary>Every ref with the id that it points at, unpeeled, sorted by name.</summary>
    public IReadOnlyDictionary<string, string> References()
    {
        using var turn = _gate.EnterScope();
        return new SortedDictionary<string, string>(
            _repository.Refs.OfType<DirectReference>().Where(r => r.CanonicalName.StartsWith("refs/", StringComparison.Ordinal))
                .ToDictionary(r => r.CanonicalName, r => r.TargetIdentifier), StringComparer.Ordinal);
    }

    public string? Reference(string name)
    {
        using var turn = _gate.EnterScope();
        return (_repository.Refs[name] as DirectReference)?.TargetIdentifier;
    }

    /// <summary>The commit that a full sha, a branch, a tag, `heads/x`, `tags/x` or a full ref name stands for.</summary>
    public string? Resolve(string reference)
    {
        using var turn = _gate.EnterScope();
        if (ObjectId.TryParse(reference, out var id) && reference.Length == 40)
            return _gone.Contains(reference) ? null : _repository.Lookup<Commit>(id)?.Sha;
        foreach (var name in (string[])[reference, "refs/" + reference, BranchPrefix + reference, TagPrefix + reference])
        {
            if (LibGit2Sharp.Reference.IsValidName(name) && _repository.Refs[name] is { } found)
                return found.ResolveToDirectReference()?.Target?.Peel<Commit>()?.Sha;
        }
        return null;
    }

    public GitCommit? Commit(string sha)
    {
        using var turn = _gate.EnterScope();
        return _repository.Lookup<Commit>(sha) is { } commit ? Describe(commit) : null;
    }

    /// <summary>Takes a commit that no ref leads to away, as collecting garbage does in the end.</summary>
    public void Forget(string sha)
    {
        using var turn = _gate.EnterScope();
        var file = System.IO.Path.Combine(Path, "objects", sha[..2], sha[2..]);
        System.IO.File.SetAttributes(file, FileAttributes.Normal);
        System.IO.File.Delete(file);

        // What LibGit2Sharp has read once it keeps at hand.
        _gone.Add(sha);
    }

    /// <summary>The tag object of that id, or null where the id is a commit: a lightweight tag has no object of its own.</summary>
    public GitTagObject? TagObject(string sha)
    {
        using var turn = _gate.EnterScope();
        return _repository.Lookup<TagAnnotation>(sha) is { } tag
            ? new GitTagObject(tag.Sha, tag.Name, tag.Message, Describe(tag.Tagger), tag.Target.Sha)
            : null;
    }

    /// <summary>The commit behind a commit's or an annotated tag's id.</summary>
    public string? Peel(string sha)
    {
        using var turn = _gate.EnterScope();
        return _repository.Lookup(sha)?.Peel<Commit>()?.Sha;
    }

    /// <summary>A file's bytes and blob id at a commit; null where there is no such file (a symbolic link gives its target's text).</summary>
    public (byte[] Content, string Sha)? File(string commitSha, string path)
    {
        using var turn = _gate.EnterScope();
        if (_repository.Lookup<Commit>(commitSha)?[path]?.Target is not Blob blob)
            return null;
        using var content = blob.GetContentStream();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return (copy.ToArray(), blob.Sha);
    }

    /// <summary>Makes a commit without a work tree: the parent's tree with <paramref name="files"/> laid over it. No ref moves.</summary>
    public string CreateCommit(string? parent, IEnumerable<GitFile> files, string message, GitPerson author)
    {
        using var turn = _gate.EnterScope();
        var parents = parent is null ? [] : new[] { _repository.Lookup<Commit>(parent) };
        var tree = parents.Length == 0 ? new TreeDefinition() : TreeDefinition.From(parents[0]);
        foreach (var file in files)
        {
            if (file.Content is null)
                tree.Remove(file.Path);
            else
                tree.Add(file.Path, _repository.ObjectDatabase.CreateBlob(new MemoryStream(Encoding.UTF8.GetBytes(file.Content))), Mode(file.Kind));
        }
        var signature = new Signature(author.Name, author.Email, author.When);
        return _repository.ObjectDatabase
            .CreateCommit(signature, signature, message, _repository.ObjectDatabase.CreateTree(tree), parents, prettifyMessage: true).Sha;
    }

    /// <summary>A merge commit of two heads; null where they conflict.</summary>
    public string? CreateMerge(string onto, string head, string message, GitPerson author)
    {
        using var turn = _gate.EnterScope();
        var (ours, theirs) = (_repository.Lookup<Commit>(onto), _repository.Lookup<Commit>(head));
        var merge = _repository.ObjectDatabase.MergeCommits(ours, theirs, new MergeTreeOptions());
        if (merge.Status != MergeTreeStatus.Succeeded)
            return null;
        var signature = new Signature(author.Name, author.Email, author.When);
        return _repository.ObjectDatabase.CreateCommit(signature, signature, message, merge.Tree, [ours, theirs], prettifyMessage: true).Sha;
    }

    public string CreateTagObject(string name, string commitSha, string message, GitPerson tagger)
    {
        using var turn = _gate.EnterScope();
        var signature = new Signature(tagger.Name, tagger.Email, tagger.When);
        return _repository.ObjectDatabase.CreateTagAnnotation(name, _repository.Lookup<Commit>(commitSha), signature, message).Sha;
    }

    public void UpdateReference(string name, string sha)
    {
        using var turn = _gate.EnterScope();
        _repository.Refs.Add(name, new ObjectId(sha), allowOverwrite: true);
    }

    public void DeleteReference(string name)
    {
        using var turn = _gate.EnterScope();
        _repository.Refs.Remove(name);
    }

    /// <summary>Brings a ref of another repository and its objects over, as a fork's head becomes `refs/pull/N/head`.</summary>
    public void Fetch(BareRepository from, string source, string target)
    {
        using var turn = _gate.EnterScope();
        var remote = _repository.Network.Remotes["fork"] ?? _repository.Network.Remotes.Add("fork", from.Path);
        _repository.Network.Remotes.Update("fork", r => r.Url = from.Path);
        Commands.Fetch(_repository, remote.Name, [$"+{source}:{target}"], new FetchOptions { TagFetchMode = TagFetchMode.None }, logMessage: null);
    }

    public void Dispose() => _repository.Dispose();

    /// <summary>Anything else; nothing of the repository may leave the question.</summary>
    internal T Ask<T>(Func<Repository, T> question)
    {
        using var turn = _gate.EnterScope();
        return question(_repository);
    }

    internal static GitCommit Describe(Commit commit) => new()
    {
        Sha = commit.Sha,
        TreeSha = commit.Tree.Sha,
        Message = commit.Message,
        Author = Describe(commit.Author),
        Committer = Describe(commit.Committer),
        Parents = [.. commit.Parents.Select(p => p.Sha)],
    };

    private static GitPerson Describe(Signature signature) => new(signature.Name, signature.Email, signature.When);

    private static Mode Mode(GitFileKind kind) => kind switch
    {
        GitFileKind.File => LibGit2Sharp.Mode.NonExecutableFile,
        GitFileKind.Executable => LibGit2Sharp.Mode.ExecutableFile,
        GitFileKind.SymbolicLink => LibGit2Sharp.Mode.SymbolicLink,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    private static void Configure(Repository repository)
    {
        var config = repository.Config;
        config.Set("http.receivepack", true);
        config.Set("uploadpack.allowFilter", true);
        config.Set("uploadpack.allowAnySHA1InWant", true);
        config.Set("receive.hideRefs", "refs/pull");
        config.Set("receive.denyCurrentBranch", "ignore");
        config.Set("gc.auto", 0);
        config.Set("receive.autogc", false);
    }
}
