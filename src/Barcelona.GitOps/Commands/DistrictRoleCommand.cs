using System.Collections.Immutable;
using System.CommandLine;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
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

            // Not indented: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
            await parsed.InvocationConfiguration.Output.WriteAsync(DistrictRoleTemplate.Of(district) + "\n");
            return 0;
        });
        return command;
    }

    private static async Task<(District? District, ImmutableArray<Diagnostic> Diagnostics)> ReadAsync(
        string name, string platform, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(platform == "." ? "" : platform, "districts");
        string[] files = [Path.Combine(folder, $"{name}.yml"), Path.Combine(folder, $"{name}.yaml")];
        if (files.FirstOrDefault(File.Exists) is not { } file)
        {
            return (null, [FileDiagnostics.Missing(files[0], "There is no such file.")]);
        }

        var parsed = DistrictParser.Parse(name, file, await File.ReadAllBytesAsync(file, cancellationToken));
        return (parsed.Value, parsed.Diagnostics);
    }
}
