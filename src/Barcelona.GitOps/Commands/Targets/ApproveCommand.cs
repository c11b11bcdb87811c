using System.CommandLine;
using Barcelona.GitOps.Reconciliation.Acts;

namespace Barcelona.GitOps.Commands.Targets;

/// <summary><c>barcelona approve TARGET COMMIT</c>: lets the deploy go that waits for approval.</summary>
internal static class ApproveCommand
{
    public static Command Create()
    {
        var commit = new Argument<string>("COMMIT") { Description = "The commit that waits, as its check shows it; at least seven digits." };
        var actor = TargetCommand.ActorOption();
        return TargetCommand.Create("approve", "Approves the deploy that waits for it.", [commit, actor], async (request, cancellationToken) =>
        {
            var run = await request.Database.Get<Approvings>().StartAsync(
                request.Target, request.Parsed.GetRequiredValue(commit), request.AskerOf(actor), cancellationToken);
            await request.Output.WriteLineAsync($"{run.Commit.Abbreviated}: approved for {request.Target}.");
            return 0;
        });
    }
}
