using Amazon.Runtime;
using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Secrets;
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
        catch (Exception e) when (Message(e) is { } message)
        {
            await error.WriteLineAsync(message);
            return 1;
        }
    }

    private static string? Message(Exception e) => e switch
    {
        CommandInputException or NoSuchValueException => e.Message,
        OptionsValidationException invalid => string.Join('\n', invalid.Failures),
        AwsUnavailableException or AwsDeniedException or AmazonClientException or AmazonServiceException => $"AWS: {e.Message}",
        _ => null,
    };
}
