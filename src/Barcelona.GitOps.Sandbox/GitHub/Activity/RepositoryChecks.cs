using Barcelona.GitOps.Sandbox.GitHub.Webhooks;

namespace Barcelona.GitOps.Sandbox.GitHub.Activity;

/// <summary>Check suites, the buttons on checks, and commit statuses.</summary>
internal sealed class RepositoryChecks(SandboxRepository repository)
{
    private SandboxGitHub GitHub => repository.GitHub;

    /// <summary>The App has one suite per commit.</summary>
    public (SandboxCheckSuite Suite, bool Added) SuiteOf(string sha, string? branch, string? before) => repository.CheckSuiteLedger.FindOrAdd(
        s => s.HeadSha == sha,
        () => new SandboxCheckSuite(GitHub.Ids.Next(), sha, branch, before) { CreatedAt = GitHub.Now });

    public Task RerequestAsync(long checkRunId, string login) =>
        SendAsync(CheckEvents.Run(repository, Run(checkRunId), "rerequested", GitHub.People.AddUser(login)));

    public Task RequestActionAsync(long checkRunId, string identifier, string login)
    {
        var run = Run(checkRunId);
        if (run.Actions.All(a => a.Identifier != identifier))
            throw new ArgumentException($"Check run {checkRunId} offers no button {identifier}.");
        return SendAsync(CheckEvents.RequestedAction(repository, run, identifier, GitHub.People.AddUser(login)));
    }

    public Task RerequestSuiteAsync(string sha, string login) =>
        SendAsync(CheckEvents.Suite(repository, SuiteOf(sha, branch: null, before: null).Suite, "rerequested", GitHub.People.AddUser(login)));

    public Task SetStatusAsync(string sha, string context, string state)
    {
        var status = repository.StatusLedger.Add(new SandboxCommitStatus(GitHub.Ids.Next(), sha, context, state)
        {
            Creator = repository.DefaultPusher,
            CreatedAt = GitHub.Now,
        });
        return SendAsync(CheckEvents.Status(repository, status));
    }

    public Task CompleteSuiteAsync(string sha, string conclusion) => SendAsync(CheckEvents.OthersSuite(
        repository, new SandboxCheckSuite(GitHub.Ids.Next(), sha, HeadBranch: null, Before: null) { CreatedAt = GitHub.Now }, conclusion));

    public Task RunWorkflowAsync(string sha, string action) =>
        SendAsync(CheckEvents.Workflow(repository, (GitHub.Ids.Next(), sha, GitHub.Now), action));

    private SandboxCheckRun Run(long id) => repository.CheckRunLedger.Find(id) ?? throw new ArgumentException($"There is no check run {id}.");

    private Task SendAsync(WebhookEvent message) => GitHub.Webhooks.SendAsync(message);
}
