using Barcelona.GitOps.Commands;

namespace Barcelona.GitOps.Tests.Commands;

/// <summary>A person types the value: it is taken as typed, and not shown.</summary>
public sealed class SecretInputTests
{
    [Theory]
    [InlineData("hunter2\n", "hunter2")]
    [InlineData("\b\bhunt\b\bnter2\n", "hunter2")]
    [InlineData("a b\t\u001bc\nleft", "a bc")]
    [InlineData("\n", "")]
    public void What_is_typed_is_the_value_and_is_not_shown(string typed, string value)
    {
        var keys = new Queue<ConsoleKeyInfo>(typed.Select(Key));
        using var screen = new StringWriter { NewLine = "\n" };

        Assert.Equal(value, SecretInput.Ask("barcelona/default/shop/key", screen, keys.Dequeue));

        Assert.Equal("Value of barcelona/default/shop/key (not shown): \n", screen.ToString());
    }

    private static ConsoleKeyInfo Key(char character)
    {
        var key = character switch { '\n' => ConsoleKey.Enter, '\b' => ConsoleKey.Backspace, _ => ConsoleKey.NoName };
        return new(character, key, shift: false, alt: false, control: false);
    }
}
