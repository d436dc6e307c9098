"""What a marking definition of STIX 2 means."""

from __future__ import annotations

from typing import Any

from clew.interop.stix.words import TLP_REFS
from clew.model.marking import TLP, UNMARKED, Marking
from clew.model.marking_text import (
    NOT_UNDERSTOOD,
    forbids_sharing,
    mentioned_marking,
    read_marking,
)


def defined_marking(id_: str, thing: dict[str, Any] | None) -> tuple[Marking, str]:
    """
    The marking of a definition, and why where it is not understood: then it is the strictest.

    A statement that names no level and does not forbid sharing (a copyright) marks nothing.

    Args:
        id_: Its id; those of TLP are known without it.
        thing: The definition, None where the bundle does not have it.
    """
    if id_ in TLP_REFS:
        return Marking(TLP(TLP_REFS[id_])), ""
    if thing is None:
        return Marking(TLP.RED), f"its definition is not there: {NOT_UNDERSTOOD}"
    definition = thing.get("definition")
    definition = definition if isinstance(definition, dict) else {}
    if colour := definition.get("tlp") or _extended(thing):
        return read_marking(colour, scheme="TLP")
    statement = definition.get("statement")
    texts = [text for text in (statement, thing.get("name")) if isinstance(text, str)]
    found, fault = mentioned_marking("\n".join(texts))
    if found != UNMARKED:
        return found, fault
    if isinstance(statement, str) and not forbids_sharing(statement):
        return UNMARKED, ""
    return Marking(TLP.RED), NOT_UNDERSTOOD


def _extended(thing: dict[str, Any]) -> object:
    """The level in the extension of TLP 2.0 (OASIS, CTI TC)."""
    extensions = thing.get("extensions")
    for one in extensions.values() if isinstance(extensions, dict) else ():
        if isinstance(one, dict) and "tlp_2_0" in one:
            return one["tlp_2_0"]
    return None
