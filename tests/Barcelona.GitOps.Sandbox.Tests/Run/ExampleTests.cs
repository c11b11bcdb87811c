using Barcelona.GitOps.Sandbox.Run;
using Barcelona.GitOps.Sandbox.Tests.GitHub;

namespace Barcelona.GitOps.Sandbox.Tests.Run;

public sealed class ExampleTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sandbox-example-").FullName;

    [Fact]
    public async Task The_example_is_pushed_by_git_with_all_its_files()
    {
        await using var fixture = await GitHubFixture.StartAsync(o => o with { AnonymousPusher = "you" });
        var example = Directory.CreateDirectory(Path.Combine(_directory, "example"));
        await File.WriteAllTextAsync(Path.Combine(example.FullName, "barcelona.yml"), "environments: {}\n", TestContext.Current.CancellationToken);
        example.CreateSubdirectory("lib");
        await File.WriteAllTextAsync(Path.Combine(example.FullName, "lib", "main.rb"), "puts 1\n", TestContext.Current.CancellationToken);
        var work = Directory.CreateDirectory(Path.Combine(_directory, "clone"));

        var clone = new WorkingCopy(work.FullName);
        var sha = await clone.CreateAsync(example.FullName, fixture.Repository.CloneUrl, TestContext.Current.CancellationToken);
        await clone.PushAsync(TestContext.Current.CancellationToken);

        Assert.Equal(sha, fixture.Repository.References["refs/heads/main"]);
        Assert.Equal("barcelona.yml\nlib/main.rb", await GitCli.RunAsync(fixture.Repository.Directory, "ls-tree", "-r", "--name-only", "main"));
        // What a person does next needs no more than this.
        await GitCli.RunAsync(work.FullName, "commit", "-q", "--allow-empty", "-m", "Next");
        await GitCli.RunAsync(work.FullName, "push", "-q");
        Assert.NotEqual(sha, fixture.Repository.References["refs/heads/main"]);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
