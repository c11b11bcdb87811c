namespace Barcelona.GitOps.Sandbox.GitHub;

/// <summary>Something that a person looking at GitHub would see change.</summary>
public abstract record SandboxChange(SandboxRepository Repository);

public sealed record CheckRunChanged(SandboxRepository Repository, SandboxCheckRun CheckRun) : SandboxChange(Repository);

public sealed record DeploymentChanged(SandboxRepository Repository, SandboxDeployment Deployment) : SandboxChange(Repository);

public sealed record CommentChanged(SandboxRepository Repository, SandboxComment Comment) : SandboxChange(Repository);

/// <summary>A push over the wire arrived.</summary>
public sealed record Pushed(SandboxRepository Repository, Git.RefChange Change) : SandboxChange(Repository);
