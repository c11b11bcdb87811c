"""Which services and operations become clients, and what the official SDK does differently from the service's own model."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    # Folder of the model in botocore's data: name/version.
    model: str
    # Of the official classes: AmazonECS of AmazonECSClient.
    client_prefix: str
    # None named: all of them.
    operations: tuple[str, ...] = ()
    # Operations with an overload that takes no request.
    without_request: frozenset[str] = frozenset()
    # "Structure.member": numbers that the official SDK shows as DateTime.
    epoch_milliseconds: frozenset[str] = frozenset()


PRODUCT = {
    "CloudFormation": Service(
        "cloudformation/2010-05-15",
        "AmazonCloudFormation",
        tuple(
            """
            CreateStack UpdateStack DeleteStack DescribeStacks ListStacks DescribeStackEvents DescribeStackResources
            DescribeStackResource ListStackResources GetTemplate GetTemplateSummary ValidateTemplate CreateChangeSet
            DescribeChangeSet ExecuteChangeSet DeleteChangeSet ListChangeSets DetectStackDrift
            DescribeStackDriftDetectionStatus DescribeStackResourceDrifts CancelUpdateStack ContinueUpdateRollback
            RollbackStack SetStackPolicy GetStackPolicy UpdateTerminationProtection ListExports ListImports SignalResource
            """.split()
        ),
        without_request=frozenset({"DescribeStacks", "ListStacks", "ValidateTemplate"}),
    ),
    "CloudWatchLogs": Service(
        "logs/2014-03-28",
        "AmazonCloudWatchLogs",
        tuple(
            """
            GetLogEvents FilterLogEvents DescribeLogStreams DescribeLogGroups CreateLogGroup DeleteLogGroup
            PutRetentionPolicy CreateLogStream PutLogEvents StartQuery GetQueryResults
            """.split()
        ),
        without_request=frozenset({"DescribeLogGroups"}),
        epoch_milliseconds=frozenset(
            """
            InputLogEvent.timestamp OutputLogEvent.timestamp OutputLogEvent.ingestionTime GetLogEventsRequest.startTime
            GetLogEventsRequest.endTime LogGroup.creationTime LogStream.creationTime LogStream.firstEventTimestamp
            LogStream.lastEventTimestamp LogStream.lastIngestionTime MetricFilter.creationTime
            """.split()
        ),
    ),
    "ECS": Service(
        "ecs/2014-11-13",
        "AmazonECS",
        tuple(
            """
            CreateCluster UpdateCluster DeleteCluster DescribeClusters ListClusters PutClusterCapacityProviders
            DescribeCapacityProviders RegisterTaskDefinition DeregisterTaskDefinition DeleteTaskDefinitions
            DescribeTaskDefinition ListTaskDefinitions ListTaskDefinitionFamilies CreateService UpdateService
            DeleteService DescribeServices ListServices RunTask StopTask DescribeTasks ListTasks
            DescribeContainerInstances ListContainerInstances UpdateContainerInstancesState ExecuteCommand TagResource
            UntagResource ListTagsForResource DescribeServiceDeployments ListServiceDeployments StopServiceDeployment
            DescribeServiceRevisions
            """.split()
        ),
    ),
    "ElasticLoadBalancingV2": Service(
        "elbv2/2015-12-01",
        "AmazonElasticLoadBalancingV2",
        tuple(
            """
            DescribeTargetHealth DescribeTargetGroups DescribeLoadBalancers DescribeListeners DescribeRules DescribeTags
            """.split()
        ),
    ),
    "SecretsManager": Service(
        "secretsmanager/2017-10-17",
        "AmazonSecretsManager",
        tuple(
            """
            CreateSecret PutSecretValue GetSecretValue UpdateSecret UpdateSecretVersionStage DeleteSecret RestoreSecret
            DescribeSecret ListSecrets ListSecretVersionIds TagResource UntagResource BatchGetSecretValue RotateSecret
            CancelRotateSecret GetRandomPassword GetResourcePolicy PutResourcePolicy
            """.split()
        ),
    ),
}

# Only for the parity tests: their official packages can be had everywhere.
PARITY = {
    "KeyManagementService": Service("kms/2014-11-01", "AmazonKeyManagementService"),
    "SQS": Service("sqs/2012-11-05", "AmazonSQS"),
    "SecurityToken": Service(
        "sts/2011-06-15", "AmazonSecurityTokenService", without_request=frozenset({"GetSessionToken"})
    ),
}
