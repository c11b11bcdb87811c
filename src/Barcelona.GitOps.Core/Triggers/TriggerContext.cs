using System.Collections.Immutable;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Core.Triggers;

/// <summary>What the rules need to know besides file and event.</summary>
public sealed record TriggerContext
{
    /// <summary>As it is now: it may have been renamed since the event.</summary>
    public required string DefaultBranch { get; init; }

    /// <summary>Every usable district of the platform repository's head: who accepts the repository, who takes its environments.</summary>
    public required ImmutableArray<District> Districts { get; init; }

    /// <summary>Names of those whose file is there and has mistakes.</summary>
    public ImmutableArray<string> Broken { get; init; } = [];

    /// <summary>By environment: the district that it went to last, which may be a broken one, so that nobody can read whether it still takes it.</summary>
    public ImmutableDictionary<string, string> LastDistricts { get; init; } = ImmutableDictionary<string, string>.Empty;
}
