"""A text's indicators as a graph: entities, each with the places that it stands in."""

from __future__ import annotations

from collections.abc import Callable

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.text.extract import extract
from clew.interop.text.file_text import BYTES_MAX, text_of
from clew.interop.text.json_strings import json_strings
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

PLACES_MAX = 20
"""Most places of one entity that are kept; the rest is told."""


def read_text(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The entities of a text. Context such as a nearby date is offered elsewhere and not assumed.

    Raises:
        InvalidValue: It is too large, a PDF that can't be read, or nothing was found in it.
    """
    builder = GraphBuilder(catalogue, origin)
    mentions = Mentions(builder, catalogue)
    strings = json_strings(data) if len(data) <= BYTES_MAX else None
    if strings is None:
        mentions.read(text_of(data), lambda line: f"line {line}")
    else:
        mentions.read("\n".join(text for _, text in strings), lambda line: strings[line - 1][0])
        # Names of members stand in no string.
        builder.mark_file_by(data.decode("utf-8", "replace"), "file")
    found = mentions.done()
    if not found and not builder.problems:
        raise InvalidValue("file of a graph", "", "nothing that is known was found in it")
    if strings is not None:
        builder.problem("file", "", "its JSON is of no known kind; only values in it were taken")
    return builder.build()


class Mentions:
    """Entities that are found in texts, on their way into a graph."""

    def __init__(self, builder: GraphBuilder, catalogue: Catalogue) -> None:
        self._builder = builder
        self._catalogue = catalogue
        self._counts: dict[int, int] = {}

    def read(self, text: str, place: Callable[[int], str]) -> None:
        """Take the entities of a text; *place* says where a line of it stands in the file."""
        self._builder.mark_file_by(text, "file")
        for one in extract(text, self._catalogue):
            where = place(one.line)
            row = self._builder.entity(one.type, one.value, where)
            if row is None:
                continue
            self._counts[row] = self._counts.get(row, 0) + 1
            if self._counts[row] <= PLACES_MAX:
                self._builder.property(row, "found_at", f"{where}: {one.text}")

    def done(self) -> int:
        """How many entities were found; places beyond the bound are told."""
        for row, count in self._counts.items():
            if count > PLACES_MAX:
                self._builder.problem(
                    self._builder.record(row)[1], "",
                    f"{count} places; the first {PLACES_MAX} are kept",
                )  # fmt: skip
        return len(self._counts)
