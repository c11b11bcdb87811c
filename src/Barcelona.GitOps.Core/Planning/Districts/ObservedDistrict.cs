using System.Collections.Immutable;

namespace Barcelona.GitOps.Core.Planning.Districts;

/// <summary>What AWS has of a district, as read by name.</summary>
public sealed record ObservedDistrict
{
    /// <summary>Null: there is none.</summary>
    public ObservedStack? Stack { get; init; }

    /// <summary>By endpoint: those of the file, and those that the district's stack says it had.</summary>
    public ImmutableSortedDictionary<string, ObservedStack> Endpoints { get; init; } = ImmutableSortedDictionary<string, ObservedStack>.Empty;

    public IEnumerable<ObservedStack> All => Stack is { } own ? Endpoints.Values.Prepend(own) : Endpoints.Values;

    /// <summary>An output of the district's own stack; null when it has none, or not yet.</summary>
    public string? Output(string name) => Stack?.Outputs.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public ImmutableArray<string>? ListOutput(string name) => Output(name) is { } list ? [.. list.Split(',')] : null;
}
