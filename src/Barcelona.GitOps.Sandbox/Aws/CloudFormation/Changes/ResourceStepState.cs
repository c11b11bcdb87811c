namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Changes;

internal enum ResourceStepState
{
    Waiting,
    Running,
    Succeeded,
    Failed,
}
