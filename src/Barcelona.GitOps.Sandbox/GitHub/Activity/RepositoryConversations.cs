using Barcelona.GitOps.Sandbox.Git;
using Barcelona.GitOps.Sandbox.GitHub.Webhooks;

namespace Barcelona.GitOps.Sandbox.GitHub.Activity;

/// <summary>Pull requests and comments.</summary>
internal sealed class RepositoryConversations(SandboxRepository repository)
{
    private SandboxGitHub GitHub => repository.GitHub;

    public async Task<int> OpenAsync(string headBranch, SandboxRepository head)
    {
        var source = $"refs/heads/{headBranch}";
        var headSha = head.Git.Reference(source) ?? throw new ArgumentException($"{head.FullName} has no branch {headBranch}.");
        var baseSha = repository.Git.Reference($"refs/heads/{repository.DefaultBranch}")
            ?? throw new ArgumentException($"{repository.FullName} has no commit on {repository.DefaultBranch}.");
        var number = (int)repository.Numbers.Next();
        BringHead(head, source, number);
        var pull = repository.PullRequestLedger.Add(new SandboxPullRequest
        {
            Id = GitHub.Ids.Next(),
            Number = number,
            Title = head.Git.Commit(headSha)?.Message.Split('\n')[0] ?? headBranch,
            Author = head == repository ? repository.DefaultPusher : head.Owner,
            HeadRepository = head,
            HeadBranch = headBranch,
            HeadSha = headSha,
            BaseBranch = repository.DefaultBranch,
            BaseSha = baseSha,
            CreatedAt = GitHub.Now,
            UpdatedAt = GitHub.Now,
        });
        await SendAsync(PullRequestEvents.PullRequest(repository, pull, "opened", pull.Author));
        return number;
    }

    /// <summary>A push to the head branch of open pull requests moves their head.</summary>
    public async Task SynchronizeAsync(SandboxRepository head, string branch, string sha, SandboxUser sender)
    {
        foreach (var open in repository.PullRequestLedger.All)
        {
            if (open.State != "open" || open.HeadRepository != head || open.HeadBranch != branch || open.HeadSha == sha)
                continue;
            BringHead(head, $"refs/heads/{branch}", open.Number);
            if (repository.PullRequestLedger.Update(open.Number, p => p with { HeadSha = sha, UpdatedAt = GitHub.Now }) is { } moved)
                await SendAsync(PullRequestEvents.Synchronize(repository, moved, open.HeadSha, sender));
        }
    }

    /// <summary>The merge queue tries on a branch of its own what the merge would be, and waits for that commit's checks.</summary>
    public async Task<string> QueueAsync(int number)
    {
        var pull = Pull(number);
        var (head, onto) = Merge(pull, repository.DefaultPusher);
        var branch = $"{QueueOf(pull)}{onto}";
        await repository.ForcePushAsync(branch, head);
        await SendAsync(MergeGroupEvents.Requested(repository, pull, head, branch));
        return head;
    }

    /// <summary>Takes it out of the queue again.</summary>
    public async Task DequeueAsync(int number)
    {
        var pull = Pull(number);
        foreach (var (reference, head) in repository.References.Where(r => r.Key.StartsWith($"refs/heads/{QueueOf(pull)}", StringComparison.Ordinal)))
        {
            await SendAsync(MergeGroupEvents.Destroyed(repository, pull, (head, reference["refs/heads/".Length..]), "dequeued"));
            await repository.DeleteRefAsync(reference);
        }
    }

    public async Task CloseAsync(int number, bool merge)
    {
        var pull = Pull(number);
        var user = repository.DefaultPusher;
        string? mergeSha = null;
        if (merge)
        {
            mergeSha = Merge(pull, user).Sha;
        }
        var closed = repository.PullRequestLedger.Update(number, p => p with
        {
            State = "closed",
            MergeCommitSha = mergeSha,
            MergedBy = merge ? user : null,
            ClosedAt = GitHub.Now,
            UpdatedAt = GitHub.Now,
        });
        if (mergeSha is not null)
            await repository.ForcePushAsync(pull.BaseBranch, mergeSha);
        if (closed is not null)
            await SendAsync(PullRequestEvents.PullRequest(repository, closed, "closed", user));
    }

    public async Task<long> CommentAsync(int number, string login, string body)
    {
        var comment = Add(number, GitHub.People.AddUser(login), body);
        await SendAsync(PullRequestEvents.Comment(repository, comment, "created", comment.Author));
        return comment.Id;
    }

    public async Task EditAsync(long id, string body)
    {
        if (Edit(id, body) is { } comment)
            await SendAsync(PullRequestEvents.Comment(repository, comment, "edited", comment.Author));
    }

    public SandboxComment Add(int number, SandboxUser author, string body)
    {
        var comment = repository.CommentLedger.Add(new SandboxComment
        {
            Id = GitHub.Ids.Next(),
            Number = number,
            Author = author,
            Body = body,
            CreatedAt = GitHub.Now,
            UpdatedAt = GitHub.Now,
        });
        GitHub.Announce(new CommentChanged(repository, comment));
        return comment;
    }

    public SandboxComment? Edit(long id, string body)
    {
        var comment = repository.CommentLedger.Update(id, c => c with { Body = body, UpdatedAt = GitHub.Now });
        if (comment is not null)
            GitHub.Announce(new CommentChanged(repository, comment));
        return comment;
    }

    private static string QueueOf(SandboxPullRequest pull) => $"gh-readonly-queue/{pull.BaseBranch}/pr-{pull.Number}-";

    private SandboxPullRequest Pull(int number) =>
        repository.PullRequestLedger.Find(number) ?? throw new ArgumentException($"There is no pull request {number}.");

    private (string Sha, string Onto) Merge(SandboxPullRequest pull, SandboxUser user)
    {
        var onto = repository.Git.Reference($"refs/heads/{pull.BaseBranch}") ?? pull.BaseSha;
        var author = new GitPerson(user.Login, $"{user.Login}@users.noreply.github.com", GitHub.Now);
        var sha = repository.Git.CreateMerge(onto, pull.HeadSha, $"Merge pull request #{pull.Number} from {pull.HeadBranch}", author)
            ?? throw new InvalidOperationException($"Pull request {pull.Number} conflicts with {pull.BaseBranch}.");
        return (sha, onto);
    }

    /// <summary>GitHub shows the head of every pull request as `refs/pull/N/head` in the base repository, also a fork's.</summary>
    private void BringHead(SandboxRepository head, string source, int number)
    {
        var target = $"refs/pull/{number}/head";
        if (head != repository)
            repository.Git.Fetch(head.Git, source, target);
        else if (repository.Git.Reference(source) is { } sha)
            repository.Git.UpdateReference(target, sha);
    }

    private Task SendAsync(WebhookEvent message) => GitHub.Webhooks.SendAsync(message);
}
