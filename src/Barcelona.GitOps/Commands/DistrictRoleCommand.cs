using System.Collections.Immutable;
using System.CommandLine;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Templates;
using Barcelona.GitOps.Core.Templates.Access;

namespace Barcelona.GitOps.Commands;

/// <summary><c>barcelona district-role NAME</c>: the template of the role for a district, for the account's owner to apply. Asks nobody.</summary>
internal static class DistrictRoleCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The district: districts/NAME.yml." };
        var platform = new Option<string>("--platform")
        {
            Description = "The folder with districts/*.yml. Default: Platform__Directory, or the working directory.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Platform__Directory") ?? ".",
        };
        var command = new Command("district-role", "Prints the CloudFormation template of the role that the service assumes for a district.")
        {
            name, platform,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (district, diagnostics) = await ReadAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(platform), cancellationToken);
            foreach (var diagnostic in diagnostics)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(diagnostic.ToString());
            }

            if (district is null)
            {
                return 1;
            }

            await parsed.InvocationConfiguration.Output.WriteAsync(CanonicalJson.Indent(DistrictRoleTemplate.Of(district)));
            return 0;
        });
        return command;
    }

    private static async Task<(District? District, ImmutableArray<Diagnostic> Diagnostics)> ReadAsync(
        string name, string platform, CancellationToken cancellationToken)
    {
        var file = Path.Combine(platform == "." ? "" : platform, "districts", $"{name}.yml");
        if (!File.Exists(file))
        {
            return (null, [FileDiagnostics.Missing(file, "There is no such file.")]);
        }

        var parsed = DistrictParser.Parse(name, file, await File.ReadAllBytesAsync(file, cancellationToken));
        return (parsed.Value, parsed.Diagnostics);
    }
}
