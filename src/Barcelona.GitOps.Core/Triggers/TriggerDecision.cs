using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;
using Barcelona.GitOps.Core.Districts;
using Barcelona.GitOps.Core.Manifest;

namespace Barcelona.GitOps.Core.Triggers;

/// <summary>What an event means for one environment.</summary>
public abstract record TriggerDecision
{
    private TriggerDecision() { }

    public required EnvironmentManifest Environment { get; init; }

    /// <summary>Deploy it, there, with that image tag.</summary>
    public sealed record Deploy(District District, ImageTagRule Tag) : TriggerDecision
    {
        /// <summary>Where the file names the district, or the environment that a district took.</summary>
        public SourceSpan PlaceOfDistrict => Environment.District?.Span ?? Environment.Key.Span;
    }

    /// <summary>The push would deploy it, but who is asked says no: no such district, no consent, not clear which. The errors say so.</summary>
    public sealed record Refuse(ImmutableArray<Diagnostic> Diagnostics) : TriggerDecision;

    /// <summary>Check the file, deploy nothing.</summary>
    public sealed record Validate(string Reason) : TriggerDecision;

    /// <summary>The event does not concern it.</summary>
    public sealed record Ignore(string Reason) : TriggerDecision;
}
