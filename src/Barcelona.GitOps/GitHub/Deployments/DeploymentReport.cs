namespace Barcelona.GitOps.GitHub.Deployments;

public enum DeploymentPhase { Queued, Pending, InProgress, Success, Failure, Error, Inactive }

/// <summary>A deployment's next status.</summary>
/// <param name="Description">One line, cut at 140 characters.</param>
/// <param name="LogUrl">Our page about the deployment.</param>
/// <param name="EnvironmentUrl">Where the application answers.</param>
public sealed record DeploymentReport(DeploymentPhase Phase, string Description, Uri? LogUrl = null, Uri? EnvironmentUrl = null);
