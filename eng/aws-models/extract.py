#!/usr/bin/env python3
"""Writes src/aws/models/*.awsapi from the service models in an installed botocore.

    python3 eng/aws-models/extract.py            write the files
    python3 eng/aws-models/extract.py --check    write nothing; exit 1 when a file differs

Only facts are taken: names, types, error codes, protocol. The format is described in src/aws/README.md.
"""

import gzip
import json
import sys
from pathlib import Path

import botocore
from services import PARITY, PRODUCT, Service

MODELS = Path(__file__).resolve().parents[2] / "src" / "aws" / "models"
BOTOCORE_DATA = Path(botocore.__file__).parent / "data"

SCALARS = {
    "string": "string",
    "blob": "blob",
    "boolean": "bool",
    "integer": "int",
    "long": "long",
    "float": "float",
    "double": "double",
    "timestamp": "timestamp",
}


def upper_first(name: str) -> str:
    return name[0].upper() + name[1:]


def load(path: Path):
    """A model file, which botocore ships plain or compressed; {} when the service has none of that kind."""
    if path.exists():
        return json.loads(path.read_text())
    compressed = path.with_name(path.name + ".gz")
    return json.loads(gzip.decompress(compressed.read_bytes())) if compressed.exists() else {}


def error_class(shape: str) -> str:
    return upper_first(shape) if shape.endswith("Exception") else upper_first(shape) + "Exception"


class Extraction:
    """The part of one service's model that the chosen operations reach."""

    def __init__(self, name: str, service: Service):
        folder = BOTOCORE_DATA / service.model
        self.name = name
        self.service = service
        self.model = load(folder / "service-2.json")
        self.pagination = load(folder / "paginators-1.json").get("pagination", {})
        self.shapes = self.model["shapes"]
        self.operations = sorted(service.operations or self.model["operations"])
        self.class_names = self._request_and_response_names()
        self.enumerations: set[str] = set()
        self.inputs: set[str] = set()
        self.outputs: set[str] = set()
        self.errors: set[str] = set()
        for operation in map(self._operation, self.operations):
            self._reach(operation.get("input"), self.inputs)
            self._reach(operation.get("output"), self.outputs)
            for error in operation.get("errors", []):
                self.errors.add(error["shape"])
                for member in self._members(error["shape"]).values():
                    self._reach(member, self.outputs)

    def lines(self):
        yield from self._header()
        for name in self.operations:
            yield self._operation_line(name)
        yield from self._structures()
        yield from self._errors()
        # Last, because the members above have gathered them.
        for shape in sorted(self.enumerations):
            yield f"enum {upper_first(shape)} {' '.join(self.shapes[shape]['enum'])}"

    def _operation(self, name: str):
        return self.model["operations"][name]

    def _members(self, shape: str):
        return self.shapes[shape].get("members", {})

    def _request_and_response_names(self) -> dict[str, list[str]]:
        """The official classes are named after the operation, whatever the model calls the shape."""
        names: dict[str, list[str]] = {}
        for name in self.operations:
            for key, suffix in (("input", "Request"), ("output", "Response")):
                if key in self._operation(name):
                    names.setdefault(self._operation(name)[key]["shape"], []).append(name + suffix)
        return names

    def _reach(self, reference, reached: set[str]):
        if reference is None or reference["shape"] in reached:
            return
        reached.add(reference["shape"])
        shape = self.shapes[reference["shape"]]
        for part in (*shape.get("members", {}).values(), shape.get("member"), shape.get("value")):
            self._reach(part, reached)

    def _header(self):
        metadata = self.model["metadata"]
        prefix = metadata["endpointPrefix"]
        yield f"service Amazon.{self.name} {self.service.client_prefix} {metadata['serviceId'].replace(' ', '_')}"
        yield (
            f"protocol {metadata['protocol']} {metadata.get('jsonVersion', '-')} {metadata.get('targetPrefix', '-')}"
            f" {metadata['apiVersion']} {prefix} {metadata.get('signingName', prefix)}"
        )

    def _operation_line(self, name: str) -> str:
        operation = self._operation(name)
        fields = ["op", name]
        if wrapper := operation.get("output", {}).get("resultWrapper"):
            fields.append(f"wrap={wrapper}")
        if name in self.service.without_request:
            fields.append("noarg")
        page = self.pagination.get(name, {})
        # Operations with several tokens have no paginator in the official SDK either.
        if isinstance(page.get("input_token"), str):
            keys = page.get("result_key", [])
            keys = keys if isinstance(keys, list) else [keys]
            fields.append(f"page={page['input_token']},{page['output_token']},{'+'.join(keys)}")
        fields.append("errors=" + ",".join(error_class(error["shape"]) for error in operation.get("errors", [])))
        return " ".join(fields)

    def _structures(self):
        for shape in sorted(self.inputs | self.outputs, key=self._class_name):
            if self.shapes[shape]["type"] != "structure" or self.shapes[shape].get("exception") or self._is_document(shape):
                continue
            direction = ("i" if shape in self.inputs else "") + ("o" if shape in self.outputs else "")
            # One shape can be the input of several operations, each of which has its own class.
            for name in self.class_names.get(shape, [upper_first(shape)]):
                yield f"struct {name} {direction}"
                for member, reference in sorted(self._members(shape).items(), key=lambda item: upper_first(item[0])):
                    yield self._member_line(name, member, reference)

    def _errors(self):
        for shape in sorted(self.errors):
            yield f"error {error_class(shape)} {self.shapes[shape].get('error', {}).get('code', shape)}"
            for member, reference in sorted(self._members(shape).items()):
                # Every exception has its message.
                if member.lower() != "message":
                    yield self._member_line(error_class(shape), member, reference)

    def _member_line(self, owner: str, name: str, reference) -> str:
        fields = [" ", name, self._type(reference["shape"])]
        if f"{owner}.{name}" in self.service.epoch_milliseconds:
            fields[2] = "epochms"
        if reference.get("idempotencyToken"):
            fields.append("idem")
        if reference.get("deprecated"):
            fields.append("obsolete")
        if reference.get("sensitive") or self.shapes[reference["shape"]].get("sensitive"):
            fields.append("sensitive")
        return " ".join(fields)

    def _type(self, name: str, is_element: bool = False) -> str:
        shape = self.shapes[name]
        match shape["type"]:
            case "list":
                return f"list<{self._type(shape['member']['shape'], True)}>"
            case "map":
                return f"map<{self._type(shape['value']['shape'], True)}>"
            case "structure":
                return "document" if self._is_document(name) else f"struct:{self._class_name(name)}"
            case "string" if "enum" in shape:
                self.enumerations.add(name)
                # The official SDK has plain strings in lists and maps.
                return "string" if is_element else f"enum:{upper_first(name)}"
            case scalar:
                return SCALARS[scalar]

    def _is_document(self, shape: str) -> bool:
        return bool(self.shapes[shape].get("document"))

    def _class_name(self, shape: str) -> str:
        return self.class_names[shape][-1] if shape in self.class_names else upper_first(shape)


def main(check: bool) -> int:
    stale = 0
    for folder, services in ((MODELS, PRODUCT), (MODELS / "parity", PARITY)):
        for name, service in services.items():
            path = folder / f"{name}.awsapi"
            text = "\n".join(Extraction(name, service).lines()) + "\n"
            if path.exists() and path.read_text() == text:
                continue
            stale += 1
            print(f"{path.relative_to(MODELS.parents[2])} {'differs' if check else 'written'}")
            if not check:
                path.write_text(text)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
