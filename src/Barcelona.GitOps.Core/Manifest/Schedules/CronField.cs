using System.Collections.Immutable;
using System.Globalization;

namespace Barcelona.GitOps.Core.Manifest.Schedules;

/// <summary>One field of a cron expression: numbers or words, lists, ranges, steps, and the marks that days take.</summary>
internal sealed record CronField(string Name, int Min, int Max)
{
    /// <summary>In the order of the numbers, the first being <see cref="Min"/>.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>L: the last; W: the weekday next to it; #: which one of the month.</summary>
    public string Marks { get; init; } = "";

    public string? Mistake(string text)
    {
        var items = text.Split(',');
        if (items.FirstOrDefault(i => !IsItem(i)) is { } wrong)
        {
            var words = Words.IsEmpty ? "" : $" or {Words[0]} to {Words[^1]}";
            return string.Create(CultureInfo.InvariantCulture, $"In {Name} '{wrong}' does not stand: {Min} to {Max}{words} do, with , - * /.");
        }

        return items.Length > 1 && text.Contains('#', StringComparison.Ordinal) ? $"With # a {Name} stands alone." : null;
    }

    private bool IsItem(string item)
    {
        var step = item.Split('/');
        return step.Length switch
        {
            1 => IsMarked(item) || IsBase(item),
            2 => IsBase(step[0]) && Number(step[1]) is >= 1 and var every && every <= Max,
            _ => false,
        };
    }

    private bool IsBase(string text) => text == "*" || (text.Split('-') is { Length: <= 2 } range && range.All(r => Value(r) is not null));

    private bool IsMarked(string text)
    {
        if (Marks.Contains('#', StringComparison.Ordinal) && text.Split('#') is [var day, var nth])
        {
            return Value(day) is not null && Number(nth) is >= 1 and <= 5;
        }

        var last = Marks.Contains('L', StringComparison.Ordinal);
        if (!Marks.Contains('W', StringComparison.Ordinal))
        {
            return last && (text == "L" || (text.EndsWith('L') && Value(text[..^1]) is not null));
        }

        return text is "L" or "LW" || (text.EndsWith('W') && Value(text[..^1]) is not null)
            || (text.StartsWith("L-", StringComparison.Ordinal) && Value(text[2..]) is not null);
    }

    private int? Value(string text) =>
        Words.IndexOf(text, 0, Words.Length, StringComparer.OrdinalIgnoreCase) is >= 0 and var index ? Min + index
        : Number(text) is { } number && number >= Min && number <= Max ? number
        : null;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
