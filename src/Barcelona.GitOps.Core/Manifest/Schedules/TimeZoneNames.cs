using System.Collections.Frozen;
using System.Reflection;
using Barcelona.GitOps.Core.Yaml;

namespace Barcelona.GitOps.Core.Manifest.Schedules;

/// <summary>
/// The names of IANA's time zones. A list of our own: what a machine knows differs, and the small images have none at all. Made by
/// eng/time_zones.py.
/// </summary>
internal static class TimeZoneNames
{
    private const string Table = "time-zones.txt";

    private static readonly FrozenSet<string> Names = Read();

    public static bool Contains(string name) => Names.Contains(name);

    public static string Hint(string name) => Spelling.Hint(name, Names);

    private static FrozenSet<string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Table)
            ?? throw new InvalidOperationException($"{Table} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToFrozenSet(StringComparer.Ordinal);
    }
}
