using Barcelona.GitOps.Sandbox.Aws.CloudFormation.Api;
using Barcelona.GitOps.Sandbox.Aws.CloudFormation.ChangeSets;

namespace Barcelona.GitOps.Sandbox.Aws.CloudFormation;

/// <summary>CloudFormation, API version 2010-05-15.</summary>
internal static class CloudFormationService
{
    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["CreateStack"] = StackWrites.CreateStack,
        ["UpdateStack"] = StackWrites.UpdateStack,
        ["DeleteStack"] = StackWrites.DeleteStack,
        ["CancelUpdateStack"] = StackWrites.CancelUpdateStack,
        ["ContinueUpdateRollback"] = StackWrites.ContinueUpdateRollback,
        ["RollbackStack"] = StackWrites.RollbackStack,
        ["UpdateTerminationProtection"] = StackWrites.UpdateTerminationProtection,
        ["DescribeStacks"] = StackReads.DescribeStacks,
        ["ListStacks"] = StackReads.ListStacks,
        ["DescribeStackEvents"] = StackReads.DescribeStackEvents,
        ["DescribeStackResources"] = StackReads.DescribeStackResources,
        ["DescribeStackResource"] = StackReads.DescribeStackResource,
        ["ListStackResources"] = StackReads.ListStackResources,
        ["GetTemplate"] = StackReads.GetTemplate,
        ["GetTemplateSummary"] = StackReads.GetTemplateSummary,
        ["ValidateTemplate"] = StackReads.ValidateTemplate,
        ["ListExports"] = StackReads.ListExports,
        ["CreateChangeSet"] = ChangeSetOperations.CreateChangeSet,
        ["DescribeChangeSet"] = ChangeSetOperations.DescribeChangeSet,
        ["ExecuteChangeSet"] = ChangeSetOperations.ExecuteChangeSet,
        ["DeleteChangeSet"] = ChangeSetOperations.DeleteChangeSet,
        ["ListChangeSets"] = ChangeSetOperations.ListChangeSets,
    };
}
