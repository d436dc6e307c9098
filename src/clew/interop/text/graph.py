"""A text's indicators as a graph: entities, each with the lines that it stands in."""

from __future__ import annotations

from clew.interop.carried import Carried, Problem
from clew.interop.gathering import Gathering
from clew.interop.text.extract import extract
from clew.interop.text.reading import text_of
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

PLACES_MAX = 20
"""Most places of one entity that are kept; the rest is told."""


def read_text(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[Carried, list[Problem]]:
    """
    The entities of a text. Context such as a nearby date is offered elsewhere and not assumed.

    Raises:
        InvalidValue: It is too large, or a PDF that can't be read.
    """
    into = Gathering(catalogue, origin)
    places: dict[int, int] = {}
    for one in extract(text_of(data), catalogue):
        row = into.entity(one.type, one.value, f"line {one.line}")
        if row is None:
            continue
        places[row] = places.get(row, 0) + 1
        if places[row] <= PLACES_MAX:
            into.property(row, "found_at", f"line {one.line}: {one.text}")
    for row, count in places.items():
        if count > PLACES_MAX:
            into.problem(
                into.record(row)[1], "", f"{count} places; the first {PLACES_MAX} are kept"
            )
    return into.done()
