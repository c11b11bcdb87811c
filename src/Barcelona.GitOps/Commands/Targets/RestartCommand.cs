using System.CommandLine;
using Barcelona.GitOps.Reconciliation.Acts;

namespace Barcelona.GitOps.Commands.Targets;

/// <summary><c>barcelona restart TARGET [SERVICE]</c>: new tasks of what runs, with the secrets that are current now.</summary>
internal static class RestartCommand
{
    public static Command Create()
    {
        var service = new Argument<string?>("SERVICE") { Description = "Default: all services.", DefaultValueFactory = _ => null };
        var actor = TargetCommand.ActorOption();
        return TargetCommand.Create(
            "restart",
            "Rolls the tasks of what runs, with the secrets that are current now.",
            [service, actor],
            async (request, cancellationToken) =>
            {
                var run = await request.Database.Get<Restarts>().StartAsync(
                    request.Target, request.Parsed.GetValue(service), request.AskerOf(actor), cancellationToken);
                await request.Output.WriteLineAsync(
                    $"Asked for, run {run.Id}. Its check is barcelona/{run.Environment} on {run.Commit.Abbreviated}.");
                return 0;
            });
    }
}
