"""What marking definitions of STIX 2 mean."""

from __future__ import annotations

from typing import Any

import pytest

from clew.interop.stix.markings import defined_marking
from clew.interop.stix.words import TLP_REFS
from clew.model.marking import PAP, TLP, UNMARKED, Marking

OTHER = "marking-definition--6b616fc1-1505-48e3-8b2c-0d19337bff39"


def statement(text: str) -> dict[str, Any]:
    return {"definition_type": "statement", "definition": {"statement": text}}


@pytest.mark.parametrize(
    ("thing", "marking"),
    [
        ({"definition_type": "tlp", "definition": {"tlp": "amber"}}, Marking(TLP.AMBER)),
        ({"definition_type": "tlp", "definition": {"tlp": "white"}}, Marking(TLP.CLEAR)),
        ({"extensions": {"x": {"tlp_2_0": "amber+strict"}}}, Marking(TLP.AMBER_STRICT)),
        ({"name": "TLP:GREEN"}, Marking(TLP.GREEN)),
        (statement("PAP:AMBER, TLP:GREEN"), Marking(TLP.GREEN, PAP.AMBER)),
        (statement("Copyright 2021, Example Ltd"), UNMARKED),
    ],
)
def test_what_is_understood(thing: dict[str, Any], marking: Marking) -> None:
    """Levels of TLP in any version, and statements that mention one or forbid nothing."""
    assert defined_marking(OTHER, thing) == (marking, "")


@pytest.mark.parametrize(
    "thing",
    [None, {}, {"definition_type": "tlp", "definition": {"tlp": "mauve"}}, {"definition": 7},
     {"definition": {"tlp": ["red"]}}, {"extensions": [1]}, {"extensions": {"x": 1}},
     {"definition_type": "ais", "definition": {"is_proprietary": True}},
     statement("For internal use only"), statement("TLP:MAUVE")],
)  # fmt: skip
def test_what_is_not_understood_is_the_strictest(thing: dict[str, Any] | None) -> None:
    """A definition that is not there, of another scheme, or of wrong types is RED, and told."""
    marking, fault = defined_marking(OTHER, thing)
    assert (marking.tlp, "strictest" in fault) == (TLP.RED, True)


@pytest.mark.parametrize("id_", TLP_REFS)
def test_the_definitions_of_tlp_are_known_without_being_there(id_: str) -> None:
    """Their ids are fixed by the standard."""
    assert defined_marking(id_, None) == (Marking(TLP(TLP_REFS[id_])), "")
