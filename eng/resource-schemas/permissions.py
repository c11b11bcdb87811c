"""Writes what CloudFormation's handlers call for each resource type of the golden templates, from the public resource schemas.

usage: python3 eng/resource-schemas/permissions.py FOLDER > tests/Barcelona.GitOps.Core.Tests/Templates/Access/handler-permissions.tsv

FOLDER holds AWS's schemas as JSON files: CloudformationSchema.zip of a region, unpacked, or the folder aws-cloudformation-schema of
pulumi/pulumi-aws-native, which keeps copies of them. The copies that cfn-lint carries are without handlers. One type a line: its name, a tab, the
actions of its handlers but "list", which no stack calls. A dash: the schema names none, or there is no schema.
"""
import json
import pathlib
import sys

root = pathlib.Path(__file__).parents[2] / "tests" / "Barcelona.GitOps.Core.Tests" / "Templates"
types = {resource["Type"] for file in root.rglob("*.template.json") for resource in json.loads(file.read_text())["Resources"].values()}
schemas = {schema["typeName"]: schema for schema in (json.loads(file.read_text()) for file in pathlib.Path(sys.argv[1]).glob("*.json"))}
for name in sorted(types):
    handlers = schemas.get(name, {}).get("handlers", {})
    actions = {action for verb, handler in handlers.items() if verb != "list" for action in handler.get("permissions", [])}
    print(name, " ".join(sorted(action[0].lower() + action[1:] for action in actions)) or "-", sep="\t")
