using System.Globalization;

namespace AwsClients.Wire;

/// <summary>Times on the wire are UTC; a local <see cref="DateTime"/> is converted, an unspecified one is taken as local.</summary>
internal static class Timestamps
{
    public static TimeSpan SinceEpoch(DateTime value) => value.ToUniversalTime() - DateTime.UnixEpoch;

    public static DateTime ParseIso8601(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    public static string FormatIso8601(DateTime value) =>
        value.ToUniversalTime().ToString(@"yyyy-MM-dd\THH:mm:ss.fff\Z", CultureInfo.InvariantCulture);
}
