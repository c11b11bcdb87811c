using System.Globalization;
using System.Text.RegularExpressions;
using Barcelona.GitOps.Sandbox.Aws.Wire;
using Cronos;

namespace Barcelona.GitOps.Sandbox.Aws.Schedules;

/// <summary>When a schedule fires. What AWS's cron has more than others, the year, is a condition on what an ordinary one gives.</summary>
internal sealed partial class ScheduleTimes
{
    private readonly Func<DateTimeOffset, DateTimeOffset?> _next;

    private ScheduleTimes(Func<DateTimeOffset, DateTimeOffset?> next) => _next = next;

    /// <summary>Once, and no more.</summary>
    public DateTimeOffset? Once { get; private init; }

    /// <exception cref="AwsErrorException">The expression or the zone is not one.</exception>
    public static ScheduleTimes Parse(string expression, string? timezone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timezone ?? "UTC", out var zone))
            throw AwsErrorException.Validation($"Invalid Schedule Expression Timezone {timezone}.");
        if (Rate().Match(expression) is { Success: true } rate) return Every(rate);
        if (At().Match(expression) is { Success: true } at
            && DateTime.TryParseExact(at.Groups[1].Value, "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            var once = new DateTimeOffset(local, zone.GetUtcOffset(local));
            return new ScheduleTimes(now => once > now ? once : null) { Once = once };
        }
        return (Cron().Match(expression) is { Success: true } cron ? Of(cron, zone) : null)
            ?? throw AwsErrorException.Validation($"Invalid Schedule Expression {expression}.");
    }

    /// <summary>The first after this moment; null: there is none.</summary>
    public DateTimeOffset? After(DateTimeOffset now) => _next(now);

    private static ScheduleTimes Every(Match rate)
    {
        var number = int.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture);
        var every = rate.Groups[2].Value switch
        {
            "minute" => TimeSpan.FromMinutes(number),
            "hour" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
        return new ScheduleTimes(now => now + every);
    }

    private static ScheduleTimes? Of(Match match, TimeZoneInfo zone)
    {
        var fields = match.Groups.Values.Skip(1).Select(group => group.Value).ToArray();
        if (fields[2] == "?" == (fields[4] == "?")) return null;
        // AWS counts days of the week from one.
        var days = Digits().Replace(fields[4], digit => ((digit.Value[0] - '0' + 6) % 7).ToString(CultureInfo.InvariantCulture));
        if (!CronExpression.TryParse(string.Join(' ', [.. fields[..4], days]), out var cron)) return null;
        return new ScheduleTimes(now =>
        {
            var next = cron.GetNextOccurrence(now, zone);
            for (var tries = 0; next is { } found && tries < 10_000 && !IsYear(fields[5], found.Year); tries++)
                next = cron.GetNextOccurrence(found, zone);
            return next is { } last && IsYear(fields[5], last.Year) ? next : null;
        });
    }

    private static bool IsYear(string field, int year) => field.Split(',').Any(item => item == "*"
        || (item.Split('-') is { Length: <= 2 } range
            && int.Parse(range[0], CultureInfo.InvariantCulture) <= year && year <= int.Parse(range[^1], CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"\Arate\(([1-9][0-9]*) (minute|hour|day)s?\)\z")]
    private static partial Regex Rate();

    [GeneratedRegex(@"\Aat\(([^)]+)\)\z")]
    private static partial Regex At();

    [GeneratedRegex(@"\Acron\((\S+) (\S+) (\S+) (\S+) (\S+) (\*|[0-9,-]+)\)\z")]
    private static partial Regex Cron();

    [GeneratedRegex("(?<![#/])[1-7]")]
    private static partial Regex Digits();
}
