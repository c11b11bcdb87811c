using System.Collections.Concurrent;
using Barcelona.GitOps.Sandbox.Git;
using Barcelona.GitOps.Sandbox.GitHub.Activity;

namespace Barcelona.GitOps.Sandbox.GitHub;

/// <summary>A repository with all that GitHub keeps beside git. Its verbs do what a person or a CI does, and send the webhooks that follow.</summary>
public sealed class SandboxRepository
{
    private readonly ConcurrentDictionary<string, string> _permissions = new(StringComparer.OrdinalIgnoreCase);
    private readonly RepositoryPushes _pushes;
    private readonly RepositoryConversations _conversations;
    private readonly RepositoryChecks _checks;

    internal SandboxRepository(SandboxGitHub github, BareRepository git, SandboxUser owner, string name)
    {
        GitHub = github;
        Git = git;
        History = new GitHistory(git);
        Owner = owner;
        Name = name;
        Id = github.Ids.Next();
        CreatedAt = github.Now;
        _pushes = new RepositoryPushes(this);
        _conversations = new RepositoryConversations(this);
        _checks = new RepositoryChecks(this);
    }

    public long Id { get; }
    public string Name { get; }
    public SandboxUser Owner { get; }
    public string FullName => $"{Owner.Login}/{Name}";
    public bool Private { get; init; }
    public string DefaultBranch { get; init; } = "main";
    public DateTimeOffset CreatedAt { get; }
    public Uri CloneUrl => new(GitHub.PublicUrl, $"git/{FullName}.git");

    /// <summary>The bare repository on disk.</summary>
    public string Directory => Git.Path;

    public IReadOnlyList<SandboxCheckRun> CheckRuns => CheckRunLedger.All;
    public IReadOnlyList<SandboxDeployment> Deployments => DeploymentLedger.All;
    public IReadOnlyList<SandboxComment> Comments => CommentLedger.All;
    public IReadOnlyList<SandboxPullRequest> PullRequests => PullRequestLedger.All;
    public IReadOnlyDictionary<string, string> References => Git.References();

    internal SandboxGitHub GitHub { get; }
    internal BareRepository Git { get; }
    internal GitHistory History { get; }

    /// <summary>None: the App is not installed here, as on a stranger's fork, and hears nothing of it.</summary>
    internal long? InstallationId { get; init; }
    internal SandboxRepository? Parent { get; init; }
    internal Sequence Numbers { get; } = new(1);
    internal Ledger<SandboxCheckRun> CheckRunLedger { get; } = new(r => r.Id);
    internal Ledger<SandboxCheckSuite> CheckSuiteLedger { get; } = new(s => s.Id);
    internal Ledger<SandboxDeployment> DeploymentLedger { get; } = new(d => d.Id);
    internal Ledger<SandboxComment> CommentLedger { get; } = new(c => c.Id);
    internal Ledger<SandboxPullRequest> PullRequestLedger { get; } = new(p => p.Number);
    internal Ledger<SandboxCommitStatus> StatusLedger { get; } = new(s => s.Id);

    /// <summary>One writer of refs at a time: what a push changed is told by comparing the refs before and after.</summary>
    internal SemaphoreSlim RefGate { get; } = new(1, 1);

    /// <summary>Permission is GitHub's: admin, write, read or none.</summary>
    public SandboxUser AddUser(string login, string permission)
    {
        var user = GitHub.People.AddUser(login);
        _permissions[login] = permission;
        return user;
    }

    /// <summary>The author of pushes: one with write permission, an admin before others.</summary>
    public SandboxUser DefaultPusher => _permissions.Where(p => p.Value is "write" or "admin")
        .OrderBy(p => p.Value, StringComparer.Ordinal).ThenBy(p => p.Key, StringComparer.Ordinal).FirstOrDefault().Key is { } login
        ? GitHub.People.AddUser(login)
        : AddUser("octocat", "admin");

    /// <summary>A stranger can read what is public.</summary>
    public string PermissionOf(SandboxUser user) => user == Owner ? "admin" : _permissions.GetValueOrDefault(user.Login, Private ? "none" : "read");

    /// <summary>Commits on top of the branch, or of the default branch if it is new, and ends when the webhooks were answered.</summary>
    public Task<string> CommitAsync(string branch, IReadOnlyDictionary<string, string> files, string message) =>
        CommitAsync(branch, [.. files.Select(f => new GitFile(f.Key, f.Value))], message);

    public Task<string> CommitAsync(string branch, IReadOnlyList<GitFile> files, string message) => _pushes.CommitAsync(branch, files, message);

    /// <summary>Tags a commit; <paramref name="date"/> is the tagger's, which only an annotated tag has.</summary>
    public Task TagAsync(string name, string sha, bool annotated = false, DateTimeOffset? date = null) =>
        TagAsync([(name, sha)], annotated, date);

    /// <summary>Several tags in one push: above three GitHub sends no event.</summary>
    public Task TagAsync(IReadOnlyList<(string Name, string Sha)> tags, bool annotated = false, DateTimeOffset? date = null) =>
        _pushes.TagAsync(tags, annotated, date);

    /// <summary>Takes a full name, such as `refs/heads/old`.</summary>
    public Task DeleteRefAsync(string reference) => _pushes.UpdateAsync([(reference, null)]);

    /// <summary>Sets a branch to any commit, forwards or not; makes the branch where it is new.</summary>
    public Task ForcePushAsync(string branch, string sha) => _pushes.UpdateAsync([($"refs/heads/{branch}", sha)]);

    /// <summary>Garbage is collected: a commit that no ref leads to is gone.</summary>
    public void Forget(string sha) => Git.Forget(sha);

    /// <summary>Opens a pull request to the default branch and gives its number. With <paramref name="fork"/> the head is the branch of that
    /// name in a stranger's fork, which is made if there is none.</summary>
    public Task<int> OpenPullRequestAsync(string headBranch, bool fork = false) =>
        _conversations.OpenAsync(headBranch, fork ? Fork("stranger") : this);

    public Task<int> OpenPullRequestAsync(string headBranch, SandboxRepository head) => _conversations.OpenAsync(headBranch, head);

    /// <summary>Merges with a merge commit and closes it, as the button does.</summary>
    public Task MergePullRequestAsync(int number) => _conversations.CloseAsync(number, merge: true);

    public Task ClosePullRequestAsync(int number) => _conversations.CloseAsync(number, merge: false);

    /// <summary>Puts a pull request into the merge queue and gives the commit that the queue tries.</summary>
    public Task<string> QueuePullRequestAsync(int number) => _conversations.QueueAsync(number);

    public Task DequeuePullRequestAsync(int number) => _conversations.DequeueAsync(number);

    /// <summary>Comments as that user and gives the comment's id.</summary>
    public Task<long> CommentAsync(int number, string login, string body) => _conversations.CommentAsync(number, login, body);

    public Task EditCommentAsync(long id, string body) => _conversations.EditAsync(id, body);

    /// <summary>A stranger's or colleague's copy, where the App is not installed.</summary>
    public SandboxRepository Fork(string login) =>
        GitHub.FindRepository(login, Name) ?? GitHub.AddFork(this, GitHub.People.AddUser(login));

    /// <summary>Presses "Re-run" on a check run.</summary>
    public Task RerequestAsync(long checkRunId, string login) => _checks.RerequestAsync(checkRunId, login);

    /// <summary>Presses "Re-run all checks".</summary>
    public Task RerequestSuiteAsync(string sha, string login) => _checks.RerequestSuiteAsync(sha, login);

    /// <summary>Presses one of the buttons that a check run offers.</summary>
    public Task RequestActionAsync(long checkRunId, string identifier, string login) => _checks.RequestActionAsync(checkRunId, identifier, login);

    /// <summary>A status by another tool. State: error, failure, pending or success.</summary>
    public Task SetStatusAsync(string sha, string context, string state) => _checks.SetStatusAsync(sha, context, state);

    /// <summary>Another App's check suite of the commit comes to its end; GitHub Actions among them.</summary>
    public Task CompleteSuiteAsync(string sha, string conclusion) => _checks.CompleteSuiteAsync(sha, conclusion);

    /// <summary>A run of a workflow of GitHub Actions. Action: requested, in_progress or completed.</summary>
    public Task RunWorkflowAsync(string sha, string action) => _checks.RunWorkflowAsync(sha, action);

    internal Task PushedAsync(IReadOnlyList<RefChange> changes, SandboxUser pusher) => _pushes.PushedAsync(changes, pusher);

    internal SandboxCheckSuite SuiteOf(string sha) => _checks.SuiteOf(sha, branch: null, before: null).Suite;
}
