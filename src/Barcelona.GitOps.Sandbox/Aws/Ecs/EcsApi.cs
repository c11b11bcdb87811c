using Barcelona.GitOps.Sandbox.Aws.Ecs.Api;

namespace Barcelona.GitOps.Sandbox.Aws.Ecs;

/// <summary>ECS, API version 2014-11-13.</summary>
internal static class EcsApi
{
    public static readonly IReadOnlyDictionary<string, AwsOperation> Operations = new Dictionary<string, AwsOperation>
    {
        ["RegisterTaskDefinition"] = TaskDefinitionOperations.Register,
        ["DescribeTaskDefinition"] = TaskDefinitionOperations.Describe,
        ["DeregisterTaskDefinition"] = TaskDefinitionOperations.Deregister,
        ["ListTaskDefinitions"] = TaskDefinitionOperations.List,
        ["ListTaskDefinitionFamilies"] = TaskDefinitionOperations.ListFamilies,
        ["CreateCluster"] = ClusterOperations.Create,
        ["DescribeClusters"] = ClusterOperations.Describe,
        ["ListClusters"] = ClusterOperations.List,
        ["CreateService"] = ServiceOperations.Create,
        ["UpdateService"] = ServiceOperations.Update,
        ["DeleteService"] = ServiceOperations.Delete,
        ["DescribeServices"] = ServiceOperations.Describe,
        ["ListServices"] = ServiceOperations.List,
        ["ListServiceDeployments"] = DeploymentOperations.List,
        ["DescribeServiceDeployments"] = DeploymentOperations.Describe,
        ["StopServiceDeployment"] = DeploymentOperations.Stop,
        ["DescribeServiceRevisions"] = DeploymentOperations.DescribeRevisions,
        ["RunTask"] = RunTaskOperation.Run,
        ["StopTask"] = TaskOperations.Stop,
        ["DescribeTasks"] = TaskOperations.Describe,
        ["ListTasks"] = TaskOperations.List,
        ["ListTagsForResource"] = TagOperations.List,
        ["TagResource"] = TagOperations.Tag,
        ["UntagResource"] = TagOperations.Untag,
    };
}
