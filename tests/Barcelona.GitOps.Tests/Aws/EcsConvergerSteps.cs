using Barcelona.GitOps.Aws;
using Barcelona.GitOps.Aws.Converging;
using Barcelona.GitOps.Aws.Observing;
using Barcelona.GitOps.Core.Templates;

namespace Barcelona.GitOps.Tests.Aws;

/// <summary>What a deploy does: look for an equal revision, else make one.</summary>
internal static class EcsConvergerSteps
{
    public static async Task<string> EnsureTaskDefinitionAsync(
        this EcsConverger ecs, AwsSession session, TaskDefinitionSpec spec, TaskRoles roles, CancellationToken cancellationToken) =>
        await ecs.FindAsync(session, spec, roles, cancellationToken)
            ?? Assert.IsType<Registration.Registered>(await ecs.RegisterAsync(session, spec, roles, cancellationToken)).Arn;
}
