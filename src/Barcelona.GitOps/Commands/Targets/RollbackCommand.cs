using System.CommandLine;
using Barcelona.GitOps.Core.Planning;
using Barcelona.GitOps.Core.Reports;
using Barcelona.GitOps.Reconciliation.Acts;

namespace Barcelona.GitOps.Commands.Targets;

/// <summary><c>barcelona rollback TARGET [--to N] [--yes]</c>: puts an earlier release back, and shows beforehand what that means.</summary>
internal static class RollbackCommand
{
    private const int Asked = 0, NotAsked = 2;

    public static Command Create()
    {
        var to = new Option<long?>("--to") { Description = "The release's number. Default: the one that ran before." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do it. Without, what would be put back is shown and nothing is done." };
        var actor = TargetCommand.ActorOption();
        return TargetCommand.Create(
            "rollback",
            "Puts an earlier release back. Exits 0 when it was asked for, 2 when it was only shown, 1 on an error.",
            [to, yes, actor],
            async (request, cancellationToken) =>
            {
                var rollbacks = request.Database.Get<Rollbacks>();
                var offer = await rollbacks.FindAsync(request.Target, request.Parsed.GetValue(to), cancellationToken);
                await ShowAsync(offer, request.Output);
                if (!request.Parsed.GetValue(yes))
                {
                    await request.Output.WriteLineAsync("Nothing was done. Add --yes to do it.");
                    return NotAsked;
                }

                var run = await rollbacks.StartAsync(offer, request.AskerOf(actor), cancellationToken);
                await request.Output.WriteLineAsync(
                    $"Asked for, run {run.Id}. Its check is barcelona/rollback/{run.Environment} on {offer.From.Commit.Abbreviated}.");
                return Asked;
            });
    }

    private static async Task ShowAsync(RollbackOffer offer, TextWriter output)
    {
        var to = offer.To;
        var runs = offer.Running is { } running
            ? $"release {running.Number}, {running.Commit.Abbreviated}, {running.ImageTag}"
            : "nothing that is on record";
        await output.WriteLineAsync($"{offer.Target} runs {runs}.");
        await output.WriteLineAsync($"Put back would be release {to.Number}, {to.Commit.Abbreviated}, {to.ImageTag}.");
        var plan = new Plan { Subject = offer.Target.ToString(), Changes = offer.Changes, Steps = [] };
        if (PlanLines.Changes(plan).ToList() is { Count: > 0 } lines)
        {
            await output.WriteLineAsync("By what is on record, the plan itself will be in the check:");
            foreach (var (sign, line) in lines)
            {
                await output.WriteLineAsync($"{sign} {line}".TrimEnd());
            }
        }

        await output.WriteLineAsync("Values in Systems Manager (ssm_path) are not put back; before_deploy is not run.");
        await output.WriteLineAsync(offer.Hold is { } held
            ? $"{held.Abbreviated} is held then: it is not deployed again by itself, until another commit comes."
            : "It is what git asked for last: nothing is held then.");
    }
}
