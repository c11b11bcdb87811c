using Amazon.CloudFormation;
using Amazon.CloudWatchLogs;
using Amazon.EC2;
using Amazon.ECS;
using Amazon.ElasticLoadBalancingV2;
using Amazon.S3;
using Amazon.SecretsManager;
using Amazon.SimpleSystemsManagement;
using Barcelona.GitOps.Aws.Districts;
using Barcelona.GitOps.Aws.Images;
using Barcelona.GitOps.Aws.Notifications;
using Barcelona.GitOps.Core.Districts;

namespace Barcelona.GitOps.Aws;

/// <summary>The clients of one district, with its region and its role. Safe for concurrent use; whoever gets it does not dispose it.</summary>
public sealed record AwsSession
{
    public required District District { get; init; }

    public required IAmazonCloudFormation CloudFormation { get; init; }

    public required IAmazonECS Ecs { get; init; }

    /// <summary>Never tries twice: for writes without a client token, where a lost answer must lead to a read and not to a second write.</summary>
    public required IAmazonECS EcsOnce { get; init; }

    public required IAmazonSecretsManager SecretsManager { get; init; }

    public required IAmazonSimpleSystemsManagement Ssm { get; init; }

    public required IAmazonCloudWatchLogs Logs { get; init; }

    public required IAmazonElasticLoadBalancingV2 LoadBalancing { get; init; }

    public required IAmazonEC2 Ec2 { get; init; }

    public required IAmazonS3 S3 { get; init; }

    public required HostedZones Route53 { get; init; }

    public required RegistryTokenService Ecr { get; init; }

    public required Topics Sns { get; init; }
}
