"""The schema that editors check users' types with."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from clew.schema.declaration import ITEM_COUNT_MAX, SCALAR_LENGTH_MAX
from clew.schema.registry import catalogue
from clew.schema.user_types import read_user_types
from clew.schema.user_types_schema import user_types_schema
from clew.schema.user_value import PATTERN_LENGTH_MAX

SCHEMA = Draft202012Validator(user_types_schema())
ENTITY: dict[str, Any] = {"name": "coin", "label": "Coin"}
LINK: dict[str, Any] = {"name": "paid-to", "label": "paid to", "inverse": "paid by"}
WHOLE = {
    "entity_types": [
        ENTITY,
        {
            "name": "coin-address", "label": "Coin address", "plural": "Coin addresses",
            "family": "identity", "icon": "bitcoin", "solid": True, "description": "Where it is.",
            "pattern": "c1[a-z0-9]{6,20}", "case": "lower", "detect": False,
            "properties": [{"name": "balance", "label": "Balance", "kind": "number"}],
        },
    ],
    "link_types": [{**LINK, "sources": ["coin"], "targets": ["person"], "shared": True}],
}  # fmt: skip


def refused(document: object) -> tuple[bool, bool]:
    """Whether the schema finds fault with a document, and whether the reader does."""
    _, problems = read_user_types(yaml.safe_dump(document), catalogue())
    return not SCHEMA.is_valid(document), bool(problems)


def entity(**more: object) -> dict[str, Any]:
    return {"entity_types": [{**ENTITY, **more}]}


def link(**more: object) -> dict[str, Any]:
    return {"link_types": [{**LINK, **more}]}


def test_it_is_a_schema() -> None:
    """It keeps to its own dialect."""
    Draft202012Validator.check_schema(user_types_schema())


@pytest.mark.parametrize("document", [{}, {"entity_types": []}, entity(), link(), WHOLE])
def test_what_is_read_is_valid(document: object) -> None:
    """Documents that the reader takes whole are valid."""
    assert refused(document) == (False, False)


@pytest.mark.parametrize(
    "document",
    [
        [], {"types": []}, {"entity_types": {}}, {"entity_types": [{"name": "coin"}]},
        {"entity_types": [{"label": "Coin"}]}, entity(name="Coin"), entity(name="a_b"),
        entity(name="a-"), entity(name="x" * 32), entity(label=""), entity(colour="red"),
        entity(family="thing"), entity(case="title"), entity(solid="yes please"),
        entity(pattern="x" * (PATTERN_LENGTH_MAX + 1)),
        entity(description="x" * (SCALAR_LENGTH_MAX + 1)),
        entity(properties=[{"label": "x"}]), entity(properties=[{"name": "A"}]),
        entity(properties=[{"name": "a", "kind": "date"}]),
        entity(properties=[{"name": "a"}] * (ITEM_COUNT_MAX + 1)),
        link(inverse=""), link(sources="coin"), link(identity=True),
        {"link_types": [{"name": "paid-to", "label": "paid to"}]},
    ],
)  # fmt: skip
def test_what_is_refused_is_not_valid(document: object) -> None:
    """Each fault that needs no knowledge of other types is found by both."""
    assert refused(document) == (True, True)


@pytest.mark.parametrize(
    "document", [entity(name="person"), entity(pattern="(?=x)"), link(sources=["none"])]
)
def test_what_only_the_reader_knows(document: object) -> None:
    """Names that are taken or missing, and patterns that are none, are told when it is read."""
    assert refused(document) == (False, True)
