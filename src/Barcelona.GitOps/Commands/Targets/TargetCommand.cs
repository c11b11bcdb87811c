using System.CommandLine;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Reconciliation.Acts;

namespace Barcelona.GitOps.Commands.Targets;

/// <summary>A command about one target, against the service's database: what is changed is changed by the service.</summary>
internal static class TargetCommand
{
    public static Option<string> ActorOption() => new("--actor")
    {
        Description = "Who asks, for the record. Default: the user of this command line.",
        DefaultValueFactory = _ => Environment.UserName,
    };

    public static Command Create(string name, string description, IEnumerable<Symbol> more, Func<TargetRequest, CancellationToken, Task<int>> act)
    {
        var target = new Argument<string>("TARGET") { Description = "district/heritage, as checks name it: default/shop." };
        var command = new Command(name, description + " Settings: Storage__ConnectionString, as the service has it.") { target };
        foreach (var symbol in more)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Add(argument);
                    break;
                case Option option:
                    command.Add(option);
                    break;
            }
        }

        command.SetAction((parsed, cancellationToken) => CommandErrors.ShownAsync(parsed.InvocationConfiguration.Error, async () =>
        {
            await using var database = await ServiceDatabase.OpenAsync(cancellationToken);
            var found = await database.Get<KnownTargets>().FindAsync(parsed.GetRequiredValue(target), cancellationToken);
            return await act(new(found, parsed, database), cancellationToken);
        }));
        return command;
    }
}

internal sealed record TargetRequest(DeployTarget Target, ParseResult Parsed, ServiceDatabase Database)
{
    public TextWriter Output => Parsed.InvocationConfiguration.Output;

    public Asker AskerOf(Option<string> actor) => new(Parsed.GetValue(actor), Guid.NewGuid().ToString("N"));
}
