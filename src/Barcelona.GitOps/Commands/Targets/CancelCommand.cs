using System.CommandLine;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Storage.History;

namespace Barcelona.GitOps.Commands.Targets;

/// <summary><c>barcelona cancel TARGET</c>: ends what is under way at its next safe step.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        var actor = TargetCommand.ActorOption();
        return TargetCommand.Create("cancel", "Ends the deploy that is under way.", [actor], async (request, cancellationToken) =>
        {
            var active = await request.Database.Get<Cancellations>().StartAsync(request.Target, request.Parsed.GetValue(actor), cancellationToken);
            foreach (var run in active)
            {
                await request.Output.WriteLineAsync(run.State == RunState.Queued
                    ? $"{run.Commit.Abbreviated}: had not begun, and will not."
                    : $"{run.Commit.Abbreviated}: is stopped at its next safe step; its check says what AWS was left with.");
            }

            return 0;
        });
    }
}
