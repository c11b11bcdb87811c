using System.Text.RegularExpressions;

namespace Barcelona.GitOps.Core.Districts.Keys;

/// <summary>
/// What an instance type's processor is, by its name: Graviton families have a g behind their generation, and a1 was the first of them.
/// </summary>
internal static partial class InstanceArchitecture
{
    public static bool IsArm(string instanceType) => Graviton().IsMatch(instanceType);

    [GeneratedRegex(@"\A(?:a1\.|[a-z]+[0-9]+g)", RegexOptions.CultureInvariant)]
    private static partial Regex Graviton();
}
