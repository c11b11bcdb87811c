using System.Collections.Immutable;
using Barcelona.GitOps.Core.Diagnostics;

namespace Barcelona.GitOps.Core.Manifest;

/// <summary>A whole <c>barcelona.yml</c>.</summary>
public sealed record BarcelonaManifest
{
    /// <summary>By the key in the file, which is also GitHub's deployment environment. In the order of the file.</summary>
    public required ImmutableArray<EnvironmentManifest> Environments { get; init; }

    public BcndSettings? Bcnd { get; init; }

    public ReviewManifest? Review { get; init; }
}

/// <summary>Which branches deploy what, as the companion tool bcnd had it. Honoured where an environment has no <c>deploy</c>.</summary>
public sealed record BcndSettings
{
    public string MainlineBranch { get; init; } = "master";

    public string MainlineEnvironment { get; init; } = "staging";

    public string StableBranch { get; init; } = "production";

    public string StableEnvironment { get; init; } = "production";

    public required SourceSpan Span { get; init; }
}

/// <summary>A review application. Checked now, deployed when review apps exist.</summary>
public sealed record ReviewManifest
{
    public string? Group { get; init; }

    public required string ImageName { get; init; }

    public required ImmutableArray<EnvironmentVariable> Variables { get; init; }

    public required ImmutableArray<ServiceManifest> Services { get; init; }

    public BeforeDeploy? BeforeDeploy { get; init; }

    public required SourceSpan Span { get; init; }
}
