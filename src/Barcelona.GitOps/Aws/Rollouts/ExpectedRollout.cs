using System.Collections.Immutable;
using Barcelona.GitOps.Core.Planning;

namespace Barcelona.GitOps.Aws.Rollouts;

/// <summary>What a release asked for, to be held against what runs.</summary>
/// <param name="Cluster">Name or ARN.</param>
/// <param name="Stack">The app stack as last read: its status tells a service that is not updated yet from one that somebody changed.</param>
public sealed record ExpectedRollout(string Cluster, ObservedStack Stack, ImmutableArray<ExpectedService> Services);

/// <param name="Name">In barcelona.yml.</param>
/// <param name="LogicalId">Of the AWS::ECS::Service in the app stack.</param>
/// <param name="TaskDefinitionArn">The revision that this release registered.</param>
public sealed record ExpectedService(string Name, string LogicalId, string TaskDefinitionArn);
