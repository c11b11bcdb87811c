using System.CommandLine;
using Barcelona.GitOps.Commands.Targets;

namespace Barcelona.GitOps.Commands;

/// <summary>The command line. Without a verb the service starts.</summary>
internal static class BarcelonaCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Runs a company's web applications on its own AWS account, driven by git.")
        {
            ServeCommand.Create(),
            ValidateCommand.Create(),
            PlanCommand.Create(),
            SecretCommand.Create(),
            ReleasesCommand.Create(),
            RollbackCommand.Create(),
            ApproveCommand.Create(),
            CancelCommand.Create(),
            RestartCommand.Create(),
            DistrictRoleCommand.Create(),
        };
        root.SetAction((_, cancellationToken) => ServeCommand.RunAsync(cancellationToken));
        return root;
    }
}
