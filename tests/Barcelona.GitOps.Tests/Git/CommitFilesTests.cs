using Barcelona.GitOps.Core.Names;
using Barcelona.GitOps.Git;
using Barcelona.GitOps.Sandbox.Git;
using Barcelona.GitOps.Tests.GitHub;
using LibGit2Sharp;

namespace Barcelona.GitOps.Tests.Git;

/// <summary>Trees as strangers make them.</summary>
public sealed class CommitFilesTests
{
    private static readonly string[] NoPaths =
        ["nothing.yml", "TARGET.yml", "link/file.yml", "../target.yml", "folder/../target.yml", "/target.yml", "./target.yml", "", "folder/"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_a_file_of_the_repository_is_said_and_not_followed()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = CommitSha.Parse(await fixture.Repository.CommitAsync(
            "main",
            [
                new("target.yml", "secret"),
                new("barcelona.yml", "target.yml", GitFileKind.SymbolicLink),
                new("run.sh", "echo", GitFileKind.Executable),
                new("folder/file.yml", "x"),
                new("link", "folder", GitFileKind.SymbolicLink),
            ],
            "Links"));

        Assert.Equal(new FileAtCommit.NotAFile(EntryKind.SymbolicLink), await ReadAsync(fixture, commit, "barcelona.yml"));
        Assert.Equal(new FileAtCommit.NotAFile(EntryKind.Folder), await ReadAsync(fixture, commit, "folder"));
        Assert.IsType<FileAtCommit.Found>(await ReadAsync(fixture, commit, "run.sh"));
        Assert.IsType<FileAtCommit.Found>(await ReadAsync(fixture, commit, "folder/file.yml"));
        foreach (var path in NoPaths)
        {
            Assert.Equal(new FileAtCommit.Missing(), await ReadAsync(fixture, commit, path));
        }
    }

    [Fact]
    public async Task A_submodule_is_not_a_file()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var head = await fixture.CommitAsync();
        var commit = Commit(fixture.Repository.Directory, "refs/heads/main", tree => tree.AddGitLink("barcelona.yml", new ObjectId(head.Value)));

        Assert.Equal(new FileAtCommit.NotAFile(EntryKind.Submodule), await ReadAsync(fixture, commit, "barcelona.yml"));
    }

    [Fact]
    public async Task Up_to_a_mebibyte_is_read_and_no_byte_more()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var largest = await fixture.CommitAsync(content: new string('#', 1024 * 1024));
        var larger = await fixture.CommitAsync(content: new string('#', (1024 * 1024) + 1));

        Assert.Equal(1024 * 1024, Assert.IsType<FileAtCommit.Found>(await ReadAsync(fixture, largest, "barcelona.yml")).Content.Length);
        Assert.Equal(new FileAtCommit.TooLarge((1024 * 1024) + 1), await ReadAsync(fixture, larger, "barcelona.yml"));
    }

    [Fact]
    public async Task Many_mebibytes_of_zeroes_are_too_large_without_being_read()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        await fixture.CommitAsync();
        var commit = Commit(fixture.Repository.Directory, "refs/heads/main", Inflate);
        await ReadAsync(fixture, commit, "other.yml");
        var before = GC.GetTotalAllocatedBytes();

        Assert.Equal(new FileAtCommit.TooLarge(30 * 1024 * 1024), await ReadAsync(fixture, commit, "barcelona.yml"));

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10 * 1024 * 1024);

        static void Inflate(TreeDefinition tree, Repository repository)
        {
            using var zeroes = new ZeroStream(30 * 1024 * 1024);
            tree.Add("barcelona.yml", repository.ObjectDatabase.CreateBlob(zeroes), Mode.NonExecutableFile);
        }
    }

    [Fact]
    public async Task The_files_of_a_folder_are_listed_in_order_and_nothing_else()
    {
        await using var fixture = await GitHubFixture.StartAsync();
        var commit = CommitSha.Parse(await fixture.Repository.CommitAsync(
            "main",
            [
                new("districts/b.yml", "b"), new("districts/a.yml", "a"), new("districts/deep/c.yml", "c"),
                new("districts/link.yml", "a.yml", GitFileKind.SymbolicLink), new("other.yml", "x"),
            ],
            "Districts"));
        var access = await fixture.AccessAsync();

        Assert.Equal(["districts/a.yml", "districts/b.yml"], await fixture.Git.ListFilesAsync(access, commit, "districts", Cancellation));
        Assert.Empty(await fixture.Git.ListFilesAsync(access, commit, "nothing", Cancellation));
        Assert.Empty(await fixture.Git.ListFilesAsync(access, commit, "other.yml", Cancellation));
    }

    private static async Task<FileAtCommit> ReadAsync(GitHubFixture fixture, CommitSha commit, string path) =>
        await fixture.Git.ReadFileAsync(await fixture.AccessAsync(), commit, path, Cancellation);

    private static CommitSha Commit(string directory, string reference, Action<TreeDefinition> change) =>
        Commit(directory, reference, (tree, _) => change(tree));

    /// <summary>A commit as git's own commands would not make it.</summary>
    private static CommitSha Commit(string directory, string reference, Action<TreeDefinition, Repository> change)
    {
        using var repository = new Repository(directory);
        var parent = repository.Lookup<Commit>(reference);
        var tree = TreeDefinition.From(parent);
        change(tree, repository);
        var author = new Signature("mallory", "mallory@example.com", parent.Author.When);
        var content = repository.ObjectDatabase.CreateTree(tree);
        var commit = repository.ObjectDatabase.CreateCommit(author, author, "Strange", content, [parent], prettifyMessage: false);
        repository.Refs.UpdateTarget(reference, commit.Sha);
        return CommitSha.Parse(commit.Sha);
    }

    private sealed class ZeroStream(long length) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - _position);
            Array.Clear(buffer, offset, read);
            _position += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
