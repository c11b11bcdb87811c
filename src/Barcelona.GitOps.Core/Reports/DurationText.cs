using System.Globalization;

namespace Barcelona.GitOps.Core.Reports;

/// <summary>A time as people say it: <c>12 s</c>, <c>20 min</c>, <c>2.5 h</c>.</summary>
public static class DurationText
{
    public static string Of(TimeSpan time) => (time.TotalSeconds, time.TotalMinutes) switch
    {
        ( < 120, _) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        (_, < 120) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
    };
}
