using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Tests.House;

/// <summary>README's table of settings and the options classes say the same.</summary>
public sealed partial class SettingsTests
{
    /// <summary>Of ASP.NET, not of an options class of ours.</summary>
    private const string NotOurs = "ASPNETCORE_URLS";

    [Fact]
    public void Every_setting_is_in_README_and_every_one_there_exists()
    {
        var exist = OptionsClasses().SelectMany(Settings).Order(StringComparer.Ordinal).Distinct();
        var documented = Table().Where(name => name != NotOurs).Order(StringComparer.Ordinal).Distinct();

        Assert.Equal(exist, documented);
    }

    private static IEnumerable<Type> OptionsClasses() =>
        typeof(ServiceHost).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("Barcelona", StringComparison.Ordinal) == true
            && t.IsClass && t.Name.EndsWith("Options", StringComparison.Ordinal) && SectionOf(t) is not null);

    private static IEnumerable<string> Settings(Type options) =>
        options.GetProperties().Where(p => p.SetMethod is { IsPublic: true }).Select(p => $"{SectionOf(options)}__{p.Name}");

    private static string? SectionOf(Type options) =>
        options.GetField("Section", BindingFlags.Public | BindingFlags.Static | BindingFlags.NonPublic)?.GetRawConstantValue() as string;

    private static IEnumerable<string> Table() => File.ReadLines(Readme())
        .SkipWhile(line => !line.StartsWith("### Settings", StringComparison.Ordinal))
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith('|'))
        .SelectMany(line => Name().Matches(line.Split('|')[1]).Select(m => m.Groups[1].Value));

    private static string Readme([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? ".", "..", "..", "..", "README.md"));

    [GeneratedRegex("`([A-Za-z_<>]+)`")]
    private static partial Regex Name();
}
