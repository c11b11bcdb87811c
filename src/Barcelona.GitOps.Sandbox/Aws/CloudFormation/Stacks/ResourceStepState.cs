namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation.Stacks;

internal enum ResourceStepState
{
    Waiting,
    Running,
    Succeeded,
    Failed,
}
