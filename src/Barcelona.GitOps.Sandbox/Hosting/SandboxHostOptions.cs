using Barcelona.GitOps.Sandbox.Aws;
using Barcelona.GitOps.Sandbox.GitHub;

namespace Barcelona.GitOps.Sandbox.Hosting;

public sealed record SandboxHostOptions
{
    public required SandboxGitHubOptions GitHub { get; init; }

    public SandboxAwsOptions Aws { get; init; } = new();

    /// <summary>0: any free port.</summary>
    public int GitHubPort { get; init; }

    /// <summary>0: any free port.</summary>
    public int AwsPort { get; init; }

    /// <summary>0: any free port.</summary>
    public int RegistryPort { get; init; }
}
