"""The description that the page's types come from."""

import json
from pathlib import Path
from typing import Any

from clew.service.describe import description

WEB = Path(__file__).parents[2] / "web"


def test_the_page_speaks_the_service_s_language() -> None:
    """``web/openapi.json`` is the service's own; ``./dev types`` writes it and the types anew."""
    made = description()
    assert (WEB / "openapi.json").read_text("utf-8") == made, "it is older: run ./dev types"


def _untyped(operation: dict[str, Any]) -> bool:
    """Whether an operation's good answer is not described, or as a thing of any shape."""
    content = operation["responses"].get("200", {}).get("content", {})
    schemas = [one.get("schema", {}) for one in content.values()]
    return not schemas or not all(
        "$ref" in schema or schema.get("type") not in (None, "object") or "properties" in schema
        or "anyOf" in schema or "additionalProperties" in schema
        for schema in schemas
    )  # fmt: skip


def test_every_good_answer_is_typed() -> None:
    """Each route tells what its 200 carries: a record, a list of them, or bytes of a type."""
    paths = json.loads(description())["paths"]
    untyped = [
        f"{method} {path}"
        for path, methods in paths.items()
        for method, operation in methods.items()
        if _untyped(operation)
    ]
    assert untyped == []
