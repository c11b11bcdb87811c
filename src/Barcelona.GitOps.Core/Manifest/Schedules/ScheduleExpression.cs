using System.Globalization;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Manifest.Schedules;

/// <summary>
/// When EventBridge Scheduler runs something. Checked here, because AWS would say it only after a deploy has begun, and in four words.
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
/// </summary>
public static partial class ScheduleExpression
{
    public const string Description = "cron(minutes hours day-of-month month day-of-week year), rate(5 minutes) or at(2026-01-31T09:00:00)";

    /// <summary>What every one of them looks like, as JSON Schema (ECMA 262) writes it; <see cref="Mistake"/> looks into the fields.</summary>
    public const string JsonSchemaPattern =
        "^(cron\\([^()]+\\)|rate\\([1-9][0-9]* (minutes?|hours?|days?)\\)|at\\([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\))$";

    private const string Local = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>What is wrong, as a sentence, or nothing but the form (empty); null: it is right.</summary>
    public static string? Mistake(string text)
    {
        if (text.Length > 256)
        {
            return "At most 256 characters are taken.";
        }

        return Parts().Match(text) is not { Success: true } parts ? "" : parts.Groups["kind"].Value switch
        {
            "cron" => CronExpression.Mistake(parts.Groups["inner"].Value),
            "rate" => RateMistake(parts.Groups["inner"].Value),
            _ => OnceAt(text) is null ? $"'{parts.Groups["inner"].Value}' is not a date and time: 2026-01-31T09:00:00, without a zone." : null,
        };
    }

    /// <summary>The moment of an <c>at(…)</c>, in the schedule's own time zone; null for the others.</summary>
    public static DateTime? OnceAt(string text) =>
        text.StartsWith("at(", StringComparison.Ordinal) && text.EndsWith(')')
        && DateTime.TryParseExact(text[3..^1], Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    private static string? RateMistake(string inner)
    {
        if (Rate().Match(inner) is not { Success: true } rate)
        {
            return "A rate is a number from 1 and minutes, hours or days.";
        }

        // As EventBridge writes it: the singular for one, and for nothing else.
        var (number, unit) = (rate.Groups[1].Value, rate.Groups[2].Value);
        return number == "1" == (rate.Groups[3].Length == 0) ? null : $"Write rate({number} {unit}{(number == "1" ? "" : "s")}).";
    }

    [GeneratedRegex(@"\A(?<kind>cron|rate|at)\((?<inner>[^()\n]+)\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\A([1-9][0-9]{0,8}) (minute|hour|day)(s?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();
}
