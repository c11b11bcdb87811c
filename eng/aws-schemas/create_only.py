#!/usr/bin/env python3
"""Writes the table of properties whose change replaces a resource, from the public CloudFormation resource schemas that cfn-lint carries.

Usage: eng/aws-schemas/create_only.py > src/Barcelona.GitOps.Core/Planning/create-only-properties.txt
Add the types that a template begins to use to TYPES. A trailing question mark: replaces under conditions that the schema does not state.
"""
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

REGION = "us-east-1"
TYPES = """
AWS::CloudFormation::WaitConditionHandle
AWS::ECS::Service
AWS::ElasticLoadBalancingV2::ListenerRule
AWS::ElasticLoadBalancingV2::TargetGroup
AWS::IAM::Role
AWS::Logs::LogGroup
""".split()

PREFIX = "/properties/"


def paths(schema, key, mark):
    return [p.removeprefix(PREFIX).replace("/", ".") + mark for p in schema.get(key, [])]


print("# Made by eng/aws-schemas/create_only.py from the public resource schemas: do not edit. type: properties that replace it when they change")
for resource_type in TYPES:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, resource_type).schema
    found = paths(schema, "createOnlyProperties", "") + paths(schema, "conditionalCreateOnlyProperties", "?")
    print(f"{resource_type}: {' '.join(sorted(found))}".rstrip())
