"""What OpenAPI says of the fields of answers."""

from __future__ import annotations

from typing import Any

from clew.service.answer_fields import require_answer_fields


def _schema(*fields: str, required: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {"properties": {one: {} for one in fields} | more, "required": list(required)}


def _body(name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"content": {"application/json": {"schema": schema}}}


def test_answers_have_all_fields_and_requests_those_without_a_default() -> None:
    """What an answer holds is required, through lists too; what a request leads to is left."""
    row = {"items": {"$ref": "#/components/schemas/Row"}}
    described = {
        "paths": {
            "/a": {
                "post": {
                    "requestBody": _body("Request"),
                    "responses": {"200": _body("Answer"), "default": _body("Unknown")},
                }
            }
        },
        "components": {
            "schemas": {
                "Request": _schema(
                    "graph", "limit", required=("graph",), shared={"$ref": "#/x/Both"}
                ),
                "Answer": _schema("label", rows=row, both={"$ref": "#/x/Both"}),
                "Row": _schema("id", "note", required=("id",), parent={"$ref": "#/x/Row"}),
                "Both": _schema("day", "order", required=("day",)),
                "Kind": {"enum": ["a"]},
            }
        },
    }
    require_answer_fields(described)
    schemas: dict[str, Any] = described["components"]["schemas"]
    assert {name: one.get("required") for name, one in schemas.items()} == {
        "Request": ["graph"],
        "Answer": ["both", "label", "rows"],
        "Row": ["id", "note", "parent"],
        "Both": ["day"],
        "Kind": None,
    }
