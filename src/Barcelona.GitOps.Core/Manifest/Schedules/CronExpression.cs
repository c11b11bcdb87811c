namespace Barcelona.GitOps.Core.Manifest.Schedules;

/// <summary>The six fields of EventBridge's cron: minutes, hours, day of month, month, day of week, year.</summary>
internal static class CronExpression
{
    private static readonly CronField[] Fields =
    [
        new("minutes", 0, 59),
        new("hours", 0, 23),
        new("day of month", 1, 31) { Marks = "LW" },
        new("month", 1, 12) { Words = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] },
        new("day of week", 1, 7) { Words = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"], Marks = "L#" },
        new("year", 1970, 2199),
    ];

    private const int DayOfMonth = 2, DayOfWeek = 4;

    /// <summary>The first thing that is wrong, as a sentence; null: it is right.</summary>
    public static string? Mistake(string inner)
    {
        var texts = inner.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (texts.Length != Fields.Length)
        {
            return texts.Length == Fields.Length - 1
                ? "EventBridge's cron has six fields, the last one the year."
                : $"EventBridge's cron has six fields; these are {texts.Length}.";
        }

        if ((texts[DayOfMonth] == "?") == (texts[DayOfWeek] == "?"))
        {
            return "Of day of month and day of week exactly one is a question mark.";
        }

        return texts.Zip(Fields, (text, field) => text == "?" && field.Name.StartsWith("day", StringComparison.Ordinal) ? null : field.Mistake(text))
            .FirstOrDefault(m => m is not null);
    }
}
