using System.CommandLine;
using Barcelona.GitOps.Reconciliation.Acts;

namespace Barcelona.GitOps.Commands.Targets;

/// <summary><c>barcelona approve TARGET</c>: lets the deploy go that waits for approval.</summary>
internal static class ApproveCommand
{
    public static Command Create()
    {
        var actor = TargetCommand.ActorOption();
        return TargetCommand.Create("approve", "Approves the deploy that waits for it.", [actor], async (request, cancellationToken) =>
        {
            var run = await request.Database.Get<Approvings>().StartAsync(request.Target, request.AskerOf(actor), cancellationToken);
            await request.Output.WriteLineAsync($"{run.Commit.Abbreviated}: approved for {request.Target}.");
            return 0;
        });
    }
}
