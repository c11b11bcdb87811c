using System.CommandLine;

namespace Barcelona.GitOps.Commands;

/// <summary><c>barcelona validate [PATH]</c>: checks barcelona.yml, or district files, without AWS and GitHub. Exits 1 if there are errors.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH")
        {
            Description = "barcelona.yml, a district file, or a folder that holds either.",
            DefaultValueFactory = _ => ".",
        };
        var format = new Option<string>("--format")
        {
            Description = "text: file(line,col): error BCN101: …; github: annotations of a workflow run; json.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "github", "json");

        var command = new Command("validate", "Checks barcelona.yml and prints everything that is wrong with it.") { path, format };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(path), parsed.GetRequiredValue(format), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string path, string format, TextWriter output)
    {
        var diagnostics = ValidateTargets.Find(path).SelectMany(t => t.Validate()).ToList();
        ValidateOutput.Write(output, format, diagnostics);
        return diagnostics.Any(d => d.IsError) ? 1 : 0;
    }
}
