using System.Collections.Immutable;
using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.Core.Templates;

/// <summary>
/// What an app stack alone remembers, by its parameters, so that a lost database changes nothing: a hold after a rollback, and restarts.
/// </summary>
public static class StackMemory
{
    /// <param name="parameters">Of the app stack; null: there is none.</param>
    /// <returns>The commit that is held; null: none.</returns>
    public static CommitSha? HoldOf(IReadOnlyDictionary<string, string>? parameters) =>
        CommitSha.TryParse(parameters?.GetValueOrDefault(StackKeys.HoldParameter), out var held) ? held : null;

    /// <summary>The hold that a deploy of this commit leaves: what runs is deployed again without an end to it, another commit ends it.</summary>
    public static CommitSha? KeptHold(CommitSha commit, IReadOnlyDictionary<string, string>? parameters) =>
        parameters?.GetValueOrDefault(StackKeys.CommitParameter) == commit.Value ? HoldOf(parameters) : null;

    /// <summary>With the marks of earlier restarts, of services that are still there.</summary>
    public static ReleaseInputs WithRestarts(ReleaseInputs inputs, IReadOnlyDictionary<string, string>? parameters)
    {
        var services = inputs.Environment.Services.Select(s => s.Name.Value).ToHashSet(StringComparer.Ordinal);
        var marks = RestartsOf(parameters).Where(m => services.Contains(m.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal);
        return inputs with { Restarts = marks.SetItems(inputs.Restarts.Where(m => services.Contains(m.Key))) };
    }

    /// <summary><c>web=1775034000000,worker=1775034100000</c>.</summary>
    internal static string TextOf(ImmutableSortedDictionary<string, string> restarts) => string.Join(',', restarts.Select(r => $"{r.Key}={r.Value}"));

    private static IEnumerable<KeyValuePair<string, string>> RestartsOf(IReadOnlyDictionary<string, string>? parameters) =>
        (parameters?.GetValueOrDefault(StackKeys.RestartsParameter) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('='))
            .Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0])
            .Select(pair => KeyValuePair.Create(pair[0], pair[1]));
}
