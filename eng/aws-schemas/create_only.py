#!/usr/bin/env python3
"""Writes the table of properties whose change replaces a resource, from the public CloudFormation resource schemas that cfn-lint carries.

Usage: eng/aws-schemas/create_only.py > src/Barcelona.GitOps.Core/Planning/create-only-properties.txt
Add the types that a template begins to use to TYPES. A trailing question mark: replaces under conditions that the schema does not state.
"""
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

REGION = "us-east-1"
TYPES = """
AWS::ApplicationAutoScaling::ScalableTarget
AWS::ApplicationAutoScaling::ScalingPolicy
AWS::AutoScaling::AutoScalingGroup
AWS::CertificateManager::Certificate
AWS::CloudFormation::WaitConditionHandle
AWS::EC2::DHCPOptions
AWS::EC2::EIP
AWS::EC2::EgressOnlyInternetGateway
AWS::EC2::Instance
AWS::EC2::InternetGateway
AWS::EC2::LaunchTemplate
AWS::EC2::NatGateway
AWS::EC2::NetworkAcl
AWS::EC2::NetworkAclEntry
AWS::EC2::Route
AWS::EC2::RouteTable
AWS::EC2::SecurityGroup
AWS::EC2::SecurityGroupEgress
AWS::EC2::SecurityGroupIngress
AWS::EC2::Subnet
AWS::EC2::SubnetNetworkAclAssociation
AWS::EC2::SubnetRouteTableAssociation
AWS::EC2::VPC
AWS::EC2::VPCCidrBlock
AWS::EC2::VPCDHCPOptionsAssociation
AWS::EC2::VPCEndpoint
AWS::EC2::VPCGatewayAttachment
AWS::ECS::CapacityProvider
AWS::ECS::Cluster
AWS::ECS::ClusterCapacityProviderAssociations
AWS::ECS::Service
AWS::ElasticLoadBalancingV2::Listener
AWS::ElasticLoadBalancingV2::ListenerRule
AWS::ElasticLoadBalancingV2::LoadBalancer
AWS::ElasticLoadBalancingV2::TargetGroup
AWS::IAM::InstanceProfile
AWS::IAM::ManagedPolicy
AWS::IAM::Policy
AWS::IAM::Role
AWS::Logs::LogGroup
AWS::Route53::HostedZone
AWS::Route53::RecordSet
AWS::S3::Bucket
AWS::S3::BucketPolicy
AWS::SNS::Topic
AWS::SQS::Queue
AWS::Scheduler::Schedule
AWS::Scheduler::ScheduleGroup
""".split()

PREFIX = "/properties/"


def paths(schema, key, mark):
    return [p.removeprefix(PREFIX).replace("/", ".") + mark for p in schema.get(key, [])]


print("# Made by eng/aws-schemas/create_only.py from the public resource schemas: do not edit. type: properties that replace it when they change")
for resource_type in TYPES:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, resource_type).schema
    found = paths(schema, "createOnlyProperties", "") + paths(schema, "conditionalCreateOnlyProperties", "?")
    print(f"{resource_type}: {' '.join(sorted(found))}".rstrip())
