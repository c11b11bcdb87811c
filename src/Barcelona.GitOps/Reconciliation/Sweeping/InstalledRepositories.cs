using Barcelona.GitOps.GitHub;
using Barcelona.GitOps.GitHub.Http;
using Barcelona.GitOps.Storage.Refs;

namespace Barcelona.GitOps.Reconciliation.Sweeping;

/// <summary>
/// Notes which repositories the App is installed on, as GitHub lists them: one whose first push no delivery told of is compared from the next
/// sweep on, and one that was taken away and given back is known again.
/// </summary>
public sealed partial class InstalledRepositories(
    AppClient app, GitHubClients gitHub, Repositories repositories, ILogger<InstalledRepositories> logger)
{
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        foreach (var installation in await app.InstallationsAsync(cancellationToken))
        {
            try
            {
                var names = await gitHub.RepositoriesOfAsync(installation, cancellationToken);
                await repositories.UpsertManyAsync(
                    names.Select(name => new KnownRepository { Name = name, Installation = installation }), within: null, cancellationToken);
            }
            catch (GitHubRefusedException refused)
            {
                // Suspended or gone between the two questions.
                LogSkipped(installation, refused.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Sweep: installation {Installation} is passed over: {Reason}")]
    private partial void LogSkipped(long installation, string reason);
}
