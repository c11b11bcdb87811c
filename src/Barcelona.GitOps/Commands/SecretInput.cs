using System.Text;

namespace Barcelona.GitOps.Commands;

/// <summary>
/// Takes a secret from standard input, or from a person at a terminal without showing it. Never from an argument: those are in the shell's
/// history and in the list of processes.
/// </summary>
internal static class SecretInput
{
    /// <param name="maxBytes">UTF-8.</param>
    /// <exception cref="CommandInputException">Nothing came, or too much.</exception>
    public static async Task<string> ReadAsync(string name, int maxBytes, TextWriter prompt, CancellationToken cancellationToken)
    {
        var value = Console.IsInputRedirected
            ? WithoutLineEnd(await Console.In.ReadToEndAsync(cancellationToken))
            : Ask(name, prompt, () => Console.ReadKey(intercept: true));
        var bytes = Encoding.UTF8.GetByteCount(value);
        return bytes switch
        {
            0 => throw new CommandInputException("The value is empty. Give it on standard input, or type it when asked. Nothing was changed."),
            _ when bytes > maxBytes =>
                throw new CommandInputException($"The value has {bytes} bytes, and at most {maxBytes} are allowed. Nothing was changed."),
            _ => value,
        };
    }

    // What echo and editors add belongs to no secret; a second one was meant.
    private static string WithoutLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;

    /// <param name="next">The next key that is pressed, which nobody shows.</param>
    public static string Ask(string name, TextWriter prompt, Func<ConsoleKeyInfo> next)
    {
        prompt.Write($"Value of {name} (not shown): ");
        var typed = new StringBuilder();
        while (next() is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        prompt.WriteLine();
        return typed.ToString();
    }
}
