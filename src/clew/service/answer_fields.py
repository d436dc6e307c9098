"""What OpenAPI says of the fields of answers: each is there, whether it has a default or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Document = dict[str, Any]


def require_answer_fields(described: Document) -> None:
    """
    Mark all fields of what only answers hold as required.

    A default says that a request may leave the field out. An answer has it all the same, and who
    reads one need not ask whether it is there.
    """
    schemas: dict[str, Document] = described.get("components", {}).get("schemas", {})
    requests: set[str] = set()
    answers: set[str] = set()
    for methods in described["paths"].values():
        for operation in methods.values():
            requests |= _reached(operation.get("requestBody", {}), schemas)
            answers |= _reached(operation.get("responses", {}), schemas)
    for name in answers - requests:
        if fields := schemas[name].get("properties"):
            schemas[name]["required"] = sorted(fields)


def _reached(part: Any, schemas: Mapping[str, Document]) -> set[str]:
    """Names of the schemas that a part of the description leads to."""
    found: set[str] = set()
    left = list(_references(part))
    while left:
        name = left.pop()
        if name not in found and name in schemas:
            found.add(name)
            left += _references(schemas[name])
    return found


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if isinstance(reference := part.get("$ref"), str):
            yield reference.rpartition("/")[2]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _references(one)
