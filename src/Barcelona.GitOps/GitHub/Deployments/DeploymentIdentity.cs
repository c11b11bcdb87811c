using Barcelona.GitOps.Core.Names;

namespace Barcelona.GitOps.GitHub.Deployments;

/// <summary>Which deployment it is: enough to find it again when the answer to its creation was lost.</summary>
/// <param name="Environment">The key in barcelona.yml.</param>
/// <param name="Id">Our own id; kept in the payload under <see cref="PayloadKey"/>.</param>
public sealed record DeploymentIdentity(CommitSha Commit, string Environment, string Id)
{
    public const string PayloadKey = "barcelona_deployment";
}

/// <summary>A deployment whose last status is not its end.</summary>
public sealed record OpenDeployment(long Id, DeploymentIdentity Identity);
