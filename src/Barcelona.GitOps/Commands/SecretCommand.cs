using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Secrets;

namespace Barcelona.GitOps.Commands;

/// <summary>
/// <c>barcelona secret set|list|delete</c>: a district's secrets, by the user's own AWS credentials. The service has no part in it.
/// </summary>
internal static partial class SecretCommand
{
    public static Command Create()
    {
        var district = new Option<string>("--district", "-d")
        {
            Description = "The district: districts/NAME.yml says in which account and region.",
            Required = true,
        };
        var ssm = new Option<bool>("--ssm") { Description = "A parameter of Systems Manager, for ssm_path, instead of a secret of Secrets Manager." };
        var platform = CommandDistrict.PlatformOption();
        var path = new Argument<string>("PATH") { Description = "As barcelona.yml names it, without the district: shop/api_key." };

        Command Verb(string name, string what, Argument<string>? argument, Func<SecretRequest, CancellationToken, Task> act)
        {
            var verb = new Command(name, what) { district, ssm, platform };
            if (argument is not null)
            {
                verb.Add(argument);
            }

            // Whoever gives the value as an argument is told so, and it is not repeated as the argument that nobody knows.
            verb.TreatUnmatchedTokensAsErrors = false;
            verb.SetAction((parsed, cancellationToken) => CommandErrors.ShownAsync(parsed.InvocationConfiguration.Error, async () =>
            {
                if (parsed.UnmatchedTokens.Count > 0)
                {
                    throw new CommandInputException(
                        $"`secret {name}` takes no more than {(argument is null ? "its options" : "a path and its options")}; --help lists them. "
                        + "`secret set` takes a value on standard input, or asks for it: arguments stay in the shell's history and in the list of "
                        + "processes. Nothing was changed.");
                }

                var place = await CommandDistrict.OpenAsync(parsed.GetRequiredValue(district), parsed.GetValue(platform), cancellationToken);
                await using var _ = place.Services;
                var request = new SecretRequest
                {
                    Session = place.Session,
                    Store = parsed.GetValue(ssm) ? new ParameterStore() : new SecretStore(),
                    Path = argument is null ? "" : Checked(parsed.GetRequiredValue(argument)),
                    Output = parsed.InvocationConfiguration.Output,
                    Prompt = parsed.InvocationConfiguration.Error,
                };
                await act(request, cancellationToken);
                return 0;
            }));
            return verb;
        }

        var secret = new Command("secret", "Keeps a district's secrets. No value is ever shown.")
        {
            Verb("set", "Makes a secret or gives it a new value, which is read from standard input or asked for.", path, SetAsync),
            Verb("list", "Lists what there is: path, version, last change.", null, ListAsync),
            Verb("delete", "Deletes a secret.", path, DeleteAsync),
        };

        // Behind a verb that nobody knows there may be a value, too.
        secret.TreatUnmatchedTokensAsErrors = false;
        return secret;
    }

    private static async Task SetAsync(SecretRequest request, CancellationToken cancellationToken)
    {
        var value = await SecretInput.ReadAsync(request.Name, request.Store.MaxBytes, request.Prompt, cancellationToken);
        var version = await request.Store.SetAsync(request.Session, request.Path, value, cancellationToken);
        await request.Output.WriteLineAsync(
            $"{request.Name} has a new value, version {version}. In barcelona.yml: {{name: …, {request.Store.Key}: {request.Path}}}");
        await request.Output.WriteLineAsync($"Tasks that run keep the value they started with; {request.Store.Arrives}.");
    }

    private static async Task ListAsync(SecretRequest request, CancellationToken cancellationToken)
    {
        var all = await request.Store.ListAsync(request.Session, cancellationToken);
        var width = all.Select(v => v.Path.Length).DefaultIfEmpty().Max();
        foreach (var value in all)
        {
            var changed = value.ChangedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
            await request.Output.WriteLineAsync($"{value.Path.PadRight(width)}  {changed}  {value.Version}");
        }
    }

    private static async Task DeleteAsync(SecretRequest request, CancellationToken cancellationToken)
    {
        var until = await request.Store.DeleteAsync(request.Session, request.Path, cancellationToken);
        await request.Output.WriteLineAsync(until is { } date
            ? Text($"{request.Name} is deleted for good on {date.UtcDateTime:yyyy-MM-dd}. ")
                + "Until then `barcelona secret set` brings it back, with a new value."
            : $"{request.Name} is deleted.");
        await request.Output.WriteLineAsync("A deploy that still names it is refused, and tasks that need it do not start any more.");
    }

    /// <summary>What is none may be a value that was put in its place: it is not repeated.</summary>
    private static string Checked(string path) => ValidPath().IsMatch(path) ? path : throw new CommandInputException(
        $"What is given as PATH is no path for a secret: letters, digits and _ . - in segments that / separates, such as shop/api_key. "
        + "A field of a secret, as in shop/api#key, is named in barcelona.yml alone.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*\z")]
    private static partial Regex ValidPath();

    private sealed record SecretRequest
    {
        public required AwsSession Session { get; init; }

        public required IValueStore Store { get; init; }

        public required string Path { get; init; }

        public required TextWriter Output { get; init; }

        public required TextWriter Prompt { get; init; }

        public string Name => Store.NameOf(Session.District.Name, Path);
    }
}
