using System.CommandLine;
using Barcelona.GitOps.Storage;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Commands;

/// <summary><c>barcelona serve</c>: takes GitHub's deliveries in and works on them until it is told to stop.</summary>
internal static class ServeCommand
{
    /// <summary>What a shell shows for a command that could not start: sysexits' EX_CONFIG.</summary>
    private const int BadConfiguration = 78;

    public static Command Create()
    {
        var command = new Command("serve", "Start the service: webhooks, worker and pages. Settings are environment variables (README, Settings).");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var app = ServiceHost.Build([]);
            await app.RunAsync(cancellationToken);
            return 0;
        }
        catch (OptionsValidationException invalid)
        {
            return await RefuseAsync(invalid.Failures);
        }
        catch (AggregateException several) when (several.InnerExceptions.All(e => e is OptionsValidationException))
        {
            return await RefuseAsync(several.InnerExceptions.OfType<OptionsValidationException>().SelectMany(e => e.Failures));
        }
        catch (SchemaTooNewException tooNew)
        {
            await Console.Error.WriteLineAsync($"barcelona cannot start: {tooNew.Message}");
            return BadConfiguration;
        }
    }

    private static async Task<int> RefuseAsync(IEnumerable<string> failures)
    {
        await Console.Error.WriteLineAsync("barcelona cannot start:");
        foreach (var failure in failures)
        {
            await Console.Error.WriteLineAsync($"  {failure}");
        }

        return BadConfiguration;
    }
}
