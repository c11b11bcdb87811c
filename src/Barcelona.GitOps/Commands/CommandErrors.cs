using System.Data.Common;
using Amazon.Runtime;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Secrets;
using Barcelona.GitOps.Reconciliation.Acts;
using Barcelona.GitOps.Storage;
using Microsoft.Extensions.Options;

namespace Barcelona.GitOps.Commands;

/// <summary>What the command was given cannot be done; the message says what is expected.</summary>
internal sealed class CommandInputException(string message) : Exception(message);

/// <summary>Shows what a person can do something about as one line, without a stack trace.</summary>
internal static class CommandErrors
{
    /// <returns>The exit code: what the act says, or 1 when it did not come to its end.</returns>
    public static async Task<int> ShownAsync(TextWriter error, Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (OptionsValidationException invalid)
        {
            await error.WriteLineAsync(string.Join('\n', invalid.Failures));
        }
        catch (Exception e) when (e is CommandInputException or NoSuchValueException or RefusedActException
            or SchemaTooNewException or NoDatabaseException)
        {
            await error.WriteLineAsync(e.Message);
        }
        catch (Exception e) when (e is AwsUnavailableException or AwsDeniedException or AmazonClientException or AmazonServiceException)
        {
            await error.WriteLineAsync($"AWS: {e.Message}");
        }

        catch (DbException unreachable)
        {
            await error.WriteLineAsync($"The service's database does not answer: {unreachable.Message}");
        }

        return 1;
    }
}
