using System.CommandLine;

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
        var platform = CommandDistrict.PlatformOption();
        var tag = new Option<string?>("--image-tag")
        {
            Description = "The image tag to plan with. Default: what a push of the commit that is checked out would use.",
        };
        var command = new Command("plan", "Prints what a deploy would change. Exits 0 when nothing, 2 when there are changes, 1 on an error.")
        {
            path, environment, platform, tag,
        };
        command.SetAction((parsed, cancellationToken) => CommandErrors.ShownAsync(parsed.InvocationConfiguration.Error, () =>
        {
            var request = new PlanRequest(
                parsed.GetRequiredValue(path), parsed.GetRequiredValue(environment), parsed.GetValue(platform), parsed.GetValue(tag));
            return LocalPlan.PrintAsync(request, parsed.InvocationConfiguration.Output, cancellationToken);
        }));
        return command;
    }
}

/// <param name="Platform">Null: not given.</param>
/// <param name="ImageTag">Null: from the commit that is checked out.</param>
internal sealed record PlanRequest(string Path, string Environment, string? Platform, string? ImageTag);
