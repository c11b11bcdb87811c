using System.CommandLine;
using Amazon.Runtime;
using Barcelona.GitOps.Aws;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Commands;

/// <summary>
/// <c>barcelona plan [PATH] --environment E</c>: what a deploy from here would change, by the user's own AWS credentials. Writes nothing.
/// </summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "barcelona.yml, or the folder that holds it.", DefaultValueFactory = _ => "." };
        var environment = new Option<string>("--environment", "-e") { Description = "The environment's key in the file.", Required = true };
        var platform = new Option<string?>("--platform")
        {
            Description = "The folder with districts/*.yml. Default: the setting Platform__Directory.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Platform__Directory"),
        };
        var tag = new Option<string?>("--image-tag")
        {
            Description = "The image tag to plan with. Default: what a push of the commit that is checked out would use.",
        };
        var command = new Command("plan", "Prints what a deploy would change. Exits 0 when nothing, 2 when there are changes, 1 on an error.")
        {
            path, environment, platform, tag,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new PlanRequest(
                parsed.GetRequiredValue(path), parsed.GetRequiredValue(environment), parsed.GetValue(platform), parsed.GetValue(tag));
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                return await LocalPlan.PrintAsync(request, output, cancellationToken);
            }
            catch (PlanInputException wrong)
            {
                await error.WriteLineAsync(wrong.Message);
            }
            catch (OptionsValidationException invalid)
            {
                await error.WriteLineAsync(string.Join('\n', invalid.Failures));
            }
            catch (Exception e) when (e is AwsUnavailableException or AwsDeniedException or AmazonClientException or AmazonServiceException)
            {
                await error.WriteLineAsync($"AWS: {e.Message}");
            }

            return 1;
        });
        return command;
    }
}

/// <param name="Platform">Null: not given.</param>
/// <param name="ImageTag">Null: from the commit that is checked out.</param>
internal sealed record PlanRequest(string Path, string Environment, string? Platform, string? ImageTag);

/// <summary>What the command was given cannot be planned; the message says what is expected.</summary>
internal sealed class PlanInputException(string message) : Exception(message);
