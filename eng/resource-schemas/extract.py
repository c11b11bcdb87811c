"""Writes the sandbox's table of CloudFormation resource types from the public resource schemas that cfn-lint carries.

usage: python3 eng/resource-schemas/extract.py [REGION] > src/Barcelona.GitOps.Sandbox/Aws/CloudFormation/Resources/resource-types.tsv

One type a line, columns separated by tabs, names inside a column by spaces, nested properties as paths:
type, create-only, conditionally create-only, read-only, required, all properties (only for the services below; "-" elsewhere).
"""
import importlib
import json
import pathlib
import sys

import cfnlint.data.schemas as schemas

REGION = (sys.argv[1] if len(sys.argv) > 1 else "ap-northeast-1").replace("-", "_")
# Every property is written down only where a wrong name should be noticed; elsewhere it would only make the table long.
CHECKED = ("ApplicationAutoScaling", "AutoScaling", "CertificateManager", "CloudWatch", "EC2", "ECS", "ElasticLoadBalancingV2",
           "IAM", "Logs", "Route53", "S3", "SNS", "SSM", "Scheduler", "SecretsManager")


def names(schema, key):
    return " ".join(sorted(path.removeprefix("/properties/") for path in schema.get(key, []))) or "-"


root = pathlib.Path(schemas.__file__).parent / "resources"
types = importlib.import_module(f"cfnlint.data.schemas.providers.{REGION}").types
for type_name in sorted(types):
    if not type_name.startswith("AWS::"):
        continue
    schema = json.loads((root / f"{types[type_name]}.json").read_text())
    required = " ".join(sorted(schema.get("required", []))) or "-"
    checked = type_name.split("::")[1] in CHECKED
    properties = " ".join(sorted(schema.get("properties", {}))) if checked else "-"
    print("\t".join([type_name, names(schema, "createOnlyProperties"), names(schema, "conditionalCreateOnlyProperties"),
                     names(schema, "readOnlyProperties"), required, properties or "-"]))
